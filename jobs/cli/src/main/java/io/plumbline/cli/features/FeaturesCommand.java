package io.plumbline.cli.features;

import io.plumbline.cli.Interruption;
import io.plumbline.cli.TerminalText;
import io.plumbline.cli.cluster.KafkaOptions;
import io.plumbline.cli.cluster.TopicReading;
import io.plumbline.cluster.ClusterException;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.config.binding.NearestName;
import io.plumbline.runtime.control.ControlTopic;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline features}. */
@Command(
    name = "features",
    description = {
      "Shows the last state of every feature, as the job feature-health has checked it: by itself,"
          + " and where it is worst for a model.",
      "Exits with 1 if there is no feature or model of the name that is asked for."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class FeaturesCommand implements Callable<Integer> {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
  private static final String CLEAR = "\u001b[H\u001b[2J";

  @Option(
      names = "--unhealthy",
      description = "Leave out the healthy ones, and those that nobody checks any more.")
  private boolean unhealthy;

  @Option(
      names = "--feature",
      paramLabel = "NAME",
      description = "Only this one, with all models, versions and segments.")
  private String feature;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Only what this model reads, with all versions and segments.")
  private String model;

  @Option(
      names = "--watch",
      description = {
        "Look again every 2 s until interrupted. Where stdout is no terminal, only rows that have"
            + " changed are printed."
      })
  private boolean watch;

  @Option(names = "--json", description = "One JSON object a line instead of a table.")
  private boolean json;

  @Mixin private KafkaOptions options;
  @Spec private CommandSpec spec;

  private final LastChecks checks = new LastChecks();
  private long unreadable;
  private long unreadableTold;
  private ChangedRows changed;
  private FeatureTable table;

  @Override
  public Integer call() {
    PlumblineConfig config = options.config();
    table = new FeatureTable(places());
    changed = new ChangedRows(json ? this::line : table::look);
    try (TopicReading topic =
        TopicReading.open(config.kafka(), config.kafka().name(Topic.CHECKS))) {
      if (watch) {
        watch(topic, config);
      } else {
        show(look(topic, config));
      }
    }
    return 0;
  }

  private boolean places() {
    return feature != null || model != null;
  }

  private void watch(TopicReading topic, PlumblineConfig config) {
    try (Interruption interruption = Interruption.watch()) {
      PrintWriter out = spec.commandLine().getOut();
      do {
        show(look(topic, config));
        // Whoever read the rows may have gone.
      } while (!out.checkError() && !interruption.askedWithin(BETWEEN_LOOKS));
      interruption.endedWell();
    }
  }

  private List<FeatureRow> look(TopicReading topic, PlumblineConfig config) {
    Registered registered = Registered.of(config, ControlTopic.read(config.kafka()));
    topic.toItsEnd(this::add);
    FeatureRows rows = new FeatureRows(registered, checks, Instant.now());
    known("feature", feature, rows.features());
    known("model", model, rows.models());
    return places() ? rows.byPlace(feature, model) : rows.byFeature();
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    CheckDecoder.decode(record.value()).ifPresentOrElse(checks::add, () -> unreadable++);
  }

  private static void known(String what, String name, Collection<String> known) {
    if (name != null && !known.contains(name)) {
      throw new ClusterException(
          "%s %s: neither the registry nor a check names it%s"
              .formatted(
                  what,
                  TerminalText.plain(name),
                  NearestName.hint(name, known.stream().map(TerminalText::plain).toList())));
    }
  }

  private void show(List<FeatureRow> all) {
    PrintWriter out = spec.commandLine().getOut();
    Instant now = Instant.now();
    List<FeatureRow> rows =
        unhealthy ? all.stream().filter(row -> row.health().isOfConcern()).toList() : all;
    if (json) {
      (watch ? changed.among(rows) : rows).forEach(row -> out.println(line(row)));
    } else if (watch && !Boolean.getBoolean("plumbline.terminal.out")) {
      table.printRows(changed.among(rows), now, out);
    } else {
      out.print(watch ? CLEAR : "");
      table.print(rows, now, out);
      out.println();
      out.println(FeatureTable.summary(all, now));
    }
    out.flush();
    warnOfUnreadable();
  }

  private String line(FeatureRow row) {
    return FeatureJson.line(row, places());
  }

  private void warnOfUnreadable() {
    if (unreadable > unreadableTold) {
      unreadableTold = unreadable;
      PrintWriter err = spec.commandLine().getErr();
      err.printf("warning: left out what is no check, records: %d%n", unreadable);
      err.flush();
    }
  }
}
