package io.plumbline.cli.features;

import io.plumbline.cli.cluster.KafkaOptions;
import io.plumbline.cli.cluster.TopicReading;
import io.plumbline.cli.rows.KnownNames;
import io.plumbline.cli.rows.LeftOut;
import io.plumbline.cli.rows.RowOptions;
import io.plumbline.cli.rows.RowOutput;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.ControlTopic;
import java.time.Instant;
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

  @Mixin private RowOptions rowOptions;
  @Mixin private KafkaOptions options;
  @Spec private CommandSpec spec;

  private final LastChecks checks = new LastChecks();
  private final LeftOut leftOut = new LeftOut("check");
  private RowOutput<FeatureRow> output;

  @Override
  public Integer call() {
    PlumblineConfig config = options.config();
    output =
        new RowOutput<>(
            rowOptions,
            new FeatureTable(places()),
            row -> FeatureJson.line(row, places()),
            FeatureRow::place);
    try (TopicReading topic =
        TopicReading.open(config.kafka(), config.kafka().name(Topic.CHECKS))) {
      rowOptions.run(() -> show(look(topic, config)), spec.commandLine().getOut());
    }
    return 0;
  }

  private boolean places() {
    return feature != null || model != null;
  }

  private List<FeatureRow> look(TopicReading topic, PlumblineConfig config) {
    Registered registered = Registered.of(config, ControlTopic.read(config.kafka()));
    topic.toItsEnd(this::add);
    FeatureRows rows = new FeatureRows(registered, checks, Instant.now());
    KnownNames.require("feature", feature, rows.features(), "a check");
    KnownNames.require("model", model, rows.models(), "a check");
    return places() ? rows.byPlace(feature, model) : rows.byFeature();
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    CheckDecoder.decode(record.value()).ifPresentOrElse(checks::add, leftOut::add);
  }

  private void show(List<FeatureRow> all) {
    Instant now = Instant.now();
    List<FeatureRow> rows =
        unhealthy ? all.stream().filter(row -> row.health().isOfConcern()).toList() : all;
    output.show(rows, FeatureTable.summary(all, now), now, spec.commandLine().getOut());
    leftOut.warn(spec.commandLine().getErr());
  }
}
