package io.plumbline.cli.control;

import io.plumbline.cli.TerminalWriter;
import io.plumbline.events.ControlMessage;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.control.ControlDocument;
import io.plumbline.runtime.control.ControlDocuments;
import io.plumbline.runtime.control.ControlPlan.Step;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline apply}. */
@Command(
    name = "apply",
    description = {
      "Changes what the config file says, while the jobs run.",
      "FILE holds documents {kind, name, spec}, divided by ---, or is a whole plumbline.yaml, whose"
          + " features, models, lineage, monitors and route become documents. Nothing is sent if"
          + " anything in it is wrong, and only what differs from what holds."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ApplyCommand implements Callable<Integer> {
  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      required = true,
      description = "YAML or JSON; - is standard input.")
  private Path file;

  @Option(names = "--dry-run", description = "Say what would change, and send nothing.")
  private boolean dryRun;

  @Mixin private AuthorOption author;
  @Mixin private ControlOptions control;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    author.check();
    List<ControlDocument> documents =
        ControlDocuments.read(file.toString(), ConfigLoader.text(file));
    List<Step> steps = author.plan(control.read()).apply(documents);
    List<ControlMessage> messages =
        steps.stream().map(Step::message).filter(Objects::nonNull).toList();
    if (!dryRun && !messages.isEmpty()) {
      control.write(messages);
    }
    PrintWriter out = TerminalWriter.over(spec.commandLine().getOut());
    steps.forEach(step -> out.println(step.key() + " " + step.outcome().text() + insteadOf(step)));
    if (dryRun) {
      out.println("dry run: nothing was sent");
    }
    out.flush();
    return 0;
  }

  /** Nothing of the file's entry holds beside what control says: that is to be known. */
  private String insteadOf(Step step) {
    return step.message() != null && control.fileHas(step.key())
        ? ", in place of the config file's whole entry"
        : "";
  }
}
