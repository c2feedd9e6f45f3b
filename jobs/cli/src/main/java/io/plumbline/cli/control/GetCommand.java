package io.plumbline.cli.control;

import io.plumbline.events.ControlMessage;
import io.plumbline.runtime.config.binding.ConfigWriter;
import io.plumbline.runtime.control.ControlChange;
import io.plumbline.runtime.control.ControlKind;
import io.plumbline.runtime.control.ControlSnapshot;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline get}. */
@Command(
    name = "get",
    description = {
      "Shows the changes that hold beside the config file: of a kind a table, of one the document,"
          + " which 'apply -f -' takes again.",
      "Exits with 1 if there is none of that name."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class GetCommand implements Callable<Integer> {
  private static final String COLUMNS = "%-40s %-20s %s%n";

  @Parameters(index = "0", paramLabel = "KIND", description = "feature, model, monitor, ...")
  private String kind;

  @Parameters(index = "1", paramLabel = "NAME", arity = "0..1")
  private String name;

  @Option(names = "--yaml", description = "The documents of all, instead of a table.")
  private boolean yaml;

  @Mixin private ControlOptions control;
  @Spec private CommandSpec spec;

  /** A document as it is printed, with all that its spec leaves to the defaults. */
  public record Document(String kind, String name, Record spec, String author, Instant at) {
    static Document of(ControlChange change) {
      ControlMessage message = change.message();
      return new Document(
          message.kind(), message.name(), change.spec(), message.author(), message.at());
    }
  }

  @Override
  public Integer call() {
    ControlKind known = ControlOptions.kind(kind);
    ControlSnapshot snapshot = control.read();
    PrintWriter out = spec.commandLine().getOut();
    if (name != null) {
      out.print(yaml(List.of(ControlOptions.get(snapshot, known, name))));
    } else if (yaml) {
      out.print(yaml(snapshot.of(known)));
    } else {
      table(snapshot.of(known), out);
    }
    out.flush();
    return 0;
  }

  private static String yaml(List<ControlChange> changes) {
    return changes.stream()
        .map(change -> ConfigWriter.yaml(Document.of(change)))
        .collect(Collectors.joining("---\n"));
  }

  private static void table(List<ControlChange> changes, PrintWriter out) {
    out.printf(COLUMNS, "NAME", "AUTHOR", "AT");
    for (ControlChange change : changes) {
      ControlMessage message = change.message();
      out.printf(COLUMNS, message.name(), message.author(), message.at());
    }
  }
}
