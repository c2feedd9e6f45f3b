package io.plumbline.cli;

import io.plumbline.cli.cluster.ConsumeCommand;
import io.plumbline.cli.cluster.DownCommand;
import io.plumbline.cli.cluster.JobCommand.Cancel;
import io.plumbline.cli.cluster.JobCommand.Savepoint;
import io.plumbline.cli.cluster.JobCommand.Stop;
import io.plumbline.cli.cluster.ProduceCommand;
import io.plumbline.cli.cluster.StatusCommand;
import io.plumbline.cli.cluster.SubmitCommand;
import io.plumbline.cli.cluster.TablesCommand;
import io.plumbline.cli.cluster.TopicsCommand;
import io.plumbline.cli.cluster.UpCommand;
import io.plumbline.cli.control.ApplyCommand;
import io.plumbline.cli.control.DeleteCommand;
import io.plumbline.cli.control.GetCommand;
import io.plumbline.cli.features.FeaturesCommand;
import io.plumbline.cli.models.ModelsCommand;
import io.plumbline.cli.simulate.SimulateCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code plumbline}. */
@Command(
    name = "plumbline",
    description = "Watches machine-learning systems in production.",
    mixinStandardHelpOptions = true,
    version = "plumbline 0.1.0",
    subcommands = {
      DriftCommand.class,
      SnapshotCommand.class,
      ConfigCommand.class,
      UpCommand.class,
      StatusCommand.class,
      SubmitCommand.class,
      Savepoint.class,
      Stop.class,
      Cancel.class,
      SimulateCommand.class,
      ProduceCommand.class,
      ConsumeCommand.class,
      TopicsCommand.class,
      TablesCommand.class,
      FeaturesCommand.class,
      ModelsCommand.class,
      ApplyCommand.class,
      GetCommand.class,
      DeleteCommand.class,
      DownCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 ran; 2 wrong arguments or input; 3 --fail-on was reached; 1 anything else."
    })
public final class Plumbline {
  private Plumbline() {}

  public static void main(String[] args) {
    // What is printed, hashed and given to Flink is the same wherever it runs.
    Locale.setDefault(Locale.ROOT);
    Logging.configure();
    System.exit(run(args));
  }

  static int run(String... args) {
    CommandLine commandLine = new CommandLine(new Plumbline());
    commandLine.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    commandLine.setErr(
        TerminalWriter.over(new PrintWriter(System.err, true, StandardCharsets.UTF_8)));
    commandLine.setExecutionExceptionHandler(
        (failure, command, parsed) ->
            Failures.tell(failure, System.getProperty("plumbline.log"), command.getErr()));
    commandLine.setParameterExceptionHandler(
        (wrong, ignored) -> {
          CommandLine command = wrong.getCommandLine();
          command.getErr().println("plumbline: " + TerminalText.plain(wrong.getMessage()));
          CommandLine.UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
          command
              .getErr()
              .println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
          return ExitCode.BAD_INPUT;
        });
    if (args.length == 0) {
      commandLine.usage(commandLine.getErr());
      return ExitCode.BAD_INPUT;
    }
    try {
      return commandLine.execute(args);
    } catch (Error e) {
      // Threads of a cluster would keep the process alive.
      return Failures.tell(e, System.getProperty("plumbline.log"), commandLine.getErr());
    }
  }
}
