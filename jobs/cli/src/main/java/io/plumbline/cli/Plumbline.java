package io.plumbline.cli;

import io.plumbline.runtime.input.BadInput;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code plumbline}. */
@Command(
    name = "plumbline",
    description = "Watches machine-learning systems in production.",
    mixinStandardHelpOptions = true,
    version = "plumbline 0.1.0",
    subcommands = DriftCommand.class,
    footer = {
      "",
      "Exit codes: 0 ran; 2 wrong arguments or input; 3 --fail-on was reached; 1 anything else."
    })
public final class Plumbline {
  private Plumbline() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    CommandLine commandLine = new CommandLine(new Plumbline());
    commandLine.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (failure instanceof BadInput) {
            command.getErr().println("plumbline: " + failure.getMessage());
            return ExitCode.BAD_INPUT;
          }
          command.getErr().println("plumbline: failed: " + failure);
          failure.printStackTrace(command.getErr());
          return ExitCode.FAILED;
        });
    commandLine.setParameterExceptionHandler(
        (wrong, ignored) -> {
          CommandLine command = wrong.getCommandLine();
          command.getErr().println("plumbline: " + wrong.getMessage());
          CommandLine.UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
          command.getErr().println("Try 'plumbline " + command.getCommandName() + " --help'.");
          return ExitCode.BAD_INPUT;
        });
    if (args.length == 0) {
      commandLine.usage(commandLine.getErr());
      return ExitCode.BAD_INPUT;
    }
    return commandLine.execute(args);
  }
}
