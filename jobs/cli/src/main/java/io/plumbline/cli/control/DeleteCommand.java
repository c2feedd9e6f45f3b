package io.plumbline.cli.control;

import io.plumbline.cli.TerminalWriter;
import io.plumbline.events.ControlMessage;
import io.plumbline.runtime.control.ControlChange;
import io.plumbline.runtime.control.ControlKind;
import io.plumbline.runtime.control.ControlSnapshot;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline delete}. */
@Command(
    name = "delete",
    description = {
      "Takes a change back: what the config file says holds again.",
      "Exits with 1 if there is none."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class DeleteCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "KIND", description = "feature, model, monitor, ...")
  private String kind;

  @Parameters(index = "1", paramLabel = "NAME")
  private String name;

  @Mixin private AuthorOption author;
  @Mixin private ControlOptions control;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    author.check();
    ControlKind known = ControlOptions.kind(kind);
    ControlSnapshot snapshot = control.read();
    ControlChange holds = ControlOptions.get(snapshot, known, name);
    // Not a record without a value: the table of changes is to say who took it back, and when.
    ControlMessage message = author.plan(snapshot).takeBack(holds);
    control.write(List.of(message));
    PrintWriter out = TerminalWriter.over(spec.commandLine().getOut());
    out.println(message.key() + " deleted");
    out.flush();
    return 0;
  }
}
