package io.plumbline.cli.models;

import io.plumbline.cli.cluster.KafkaOptions;
import io.plumbline.cli.cluster.TopicReading;
import io.plumbline.cli.rows.KnownNames;
import io.plumbline.cli.rows.LeftOut;
import io.plumbline.cli.rows.RowOptions;
import io.plumbline.cli.rows.RowOutput;
import io.plumbline.events.MetricPoint;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.ControlTopic;
import io.plumbline.runtime.control.Overrides;
import io.plumbline.runtime.decode.ResultDecoder;
import io.plumbline.runtime.ingest.Malformed;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline models}. */
@Command(
    name = "models",
    description = {
      "Shows how good every version of a model is, as the job online-metrics has measured it last:"
          + " one line for each, with its most telling metric.",
      "Exits with 1 if there is no model of the name that is asked for."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ModelsCommand implements Callable<Integer> {
  @Option(names = "--model", paramLabel = "NAME", description = "Only this one, with all metrics.")
  private String model;

  @Mixin private RowOptions rowOptions;
  @Mixin private KafkaOptions options;
  @Spec private CommandSpec spec;

  private final LastPoints points = new LastPoints();
  private final ResultDecoder<MetricPoint> decoder = ResultDecoder.metrics();
  private final LeftOut leftOut = new LeftOut("metric point");

  @Override
  public Integer call() {
    PlumblineConfig config = options.config();
    RowOutput<ModelRow> output =
        new RowOutput<>(rowOptions, new ModelTable(model != null), ModelRow::json, ModelRow::place);
    try (TopicReading topic =
        TopicReading.open(config.kafka(), config.kafka().name(Topic.METRICS))) {
      rowOptions.run(() -> show(topic, config, output), spec.commandLine().getOut());
    }
    return 0;
  }

  private void show(TopicReading topic, PlumblineConfig config, RowOutput<ModelRow> output) {
    Overrides overrides = Overrides.of(ControlTopic.read(config.kafka()).changes().values());
    topic.toItsEnd(this::add);
    Instant now = Instant.now();
    ModelRows rows = new ModelRows(overrides.models(config.models()), points, now);
    KnownNames.require("model", model, rows.models(), "a metric");
    List<ModelRow> shown = model == null ? rows.byVersion() : rows.byMetric(model);
    output.show(shown, rows.summary(model), now, spec.commandLine().getOut());
    leftOut.warn(spec.commandLine().getErr());
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    if (!LastPoints.mayTake(record.key())) {
      return;
    }
    try {
      points.add(decoder.decode(record.value() == null ? new byte[0] : record.value()));
    } catch (Malformed e) {
      leftOut.add();
    }
  }
}
