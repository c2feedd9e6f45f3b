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
import io.plumbline.cluster.ClusterException;
import io.plumbline.runtime.control.ControlUnavailable;
import io.plumbline.runtime.input.BadInput;
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
    Logging.configure();
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
          if (failure instanceof ClusterException || failure instanceof ControlUnavailable) {
            command.getErr().println("plumbline: " + failure.getMessage());
            return ExitCode.FAILED;
          }
          command.getErr().println("plumbline: failed: " + rootOf(failure));
          if (System.getProperty("plumbline.log") == null) {
            command.getErr().println("The whole of it: PLUMBLINE_JAVA_OPTS=-Dplumbline.log=error");
          } else {
            failure.printStackTrace(command.getErr());
          }
          return ExitCode.FAILED;
        });
    commandLine.setParameterExceptionHandler(
        (wrong, ignored) -> {
          CommandLine command = wrong.getCommandLine();
          command.getErr().println("plumbline: " + wrong.getMessage());
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
    return commandLine.execute(args);
  }

  /** What began it: the outer causes only say that a job failed. */
  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null
        && !String.valueOf(root.getMessage()).contains("cannot be written")) {
      root = root.getCause();
    }
    return root;
  }
}
