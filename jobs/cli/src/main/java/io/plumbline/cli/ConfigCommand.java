package io.plumbline.cli;

import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.ConfigSchema;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.config.binding.ConfigWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline config}. */
@Command(
    name = "config",
    description = "The configuration, plumbline.yaml.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ConfigInitCommand.class,
      ConfigCommand.Check.class,
      ConfigCommand.Show.class,
      ConfigCommand.PrintSchema.class
    })
final class ConfigCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.BAD_INPUT;
  }

  /** {@code plumbline config check}. */
  @Command(
      name = "check",
      description = {
        "Says in one line what the file describes, or lists every mistake with its line; exits"
            + " with 2 then.",
        "Starts nothing, connects to nothing, and looks up no secret."
      },
      mixinStandardHelpOptions = true)
  static final class Check implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "plumbline.yaml")
    private Path file;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      PlumblineConfig config = ConfigLoader.load(file);
      PrintWriter out = TerminalWriter.over(spec.commandLine().getOut());
      out.println(file + ": right: " + summary(config));
      out.flush();
      return ExitCode.RAN;
    }

    private static String summary(PlumblineConfig config) {
      List<String> parts = new ArrayList<>();
      count(config.lineage().size(), "lineage node", parts);
      count(config.features().size(), "feature", parts);
      count(config.models().size(), "model", parts);
      count(config.monitors().size(), "monitor", parts);
      count(config.receivers().size(), "receiver", parts);
      count(config.playbooks().size(), "playbook", parts);
      return parts.isEmpty()
          ? "no features, models, monitors or receivers"
          : String.join(", ", parts);
    }

    private static void count(int number, String what, List<String> parts) {
      if (number > 0) {
        parts.add(number + " " + what + (number == 1 ? "" : "s"));
      }
    }
  }

  /** {@code plumbline config show}. */
  @Command(
      name = "show",
      description = {
        "Prints what the file means, with every default in place; it can be loaded again.",
        "Of secrets only the placeholder is shown."
      },
      mixinStandardHelpOptions = true)
  static final class Show implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "plumbline.yaml")
    private Path file;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      PlumblineConfig config = ConfigLoader.load(file);
      PrintWriter out = spec.commandLine().getOut();
      out.print(ConfigWriter.yaml(config));
      out.flush();
      return ExitCode.RAN;
    }
  }

  /** {@code plumbline config schema}. */
  @Command(
      name = "schema",
      description = "Prints the JSON Schema of plumbline.yaml, for editors.",
      mixinStandardHelpOptions = true)
  static final class PrintSchema implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      out.print(ConfigSchema.json());
      out.flush();
      return ExitCode.RAN;
    }
  }
}
