package io.plumbline.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.events.MetricPoint;
import io.plumbline.events.Series;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.ingest.Decoder;
import io.plumbline.runtime.ingest.Malformed;
import io.plumbline.runtime.kafka.EventStreams;
import io.plumbline.runtime.kafka.ResultSinks;
import io.plumbline.runtime.launch.StreamingJob;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The smallest job with all that a streaming job stands on: a source with dead letters, keyed state
 * and a sink of results. For each event {@code {"key": K, "number": N}} it says the how manyth of
 * its key it is, which is right only if no event was lost or counted twice.
 */
public final class PassThroughJob {
  public static final String NAME = "pass-through";

  private PassThroughJob() {}

  /** An event. */
  public record Numbered(String key, long number, long time) {}

  public static void main(String[] args) throws Exception {
    StreamingJob.run(NAME, args, PassThroughJob::define);
  }

  static void define(StreamExecutionEnvironment env, PlumblineConfig config) {
    EventStreams streams = new EventStreams(env, config, NAME, Duration.ofSeconds(1));
    DataStream<Numbered> events =
        streams.of(
            Topic.FEATURES,
            new NumberedDecoder(),
            Numbered::time,
            TypeInformation.of(Numbered.class));
    events
        .keyBy(Numbered::key)
        .process(new HowMany())
        .name("how many of its key")
        .uid("how-many")
        .sinkTo(ResultSinks.of(config.kafka(), NAME, Topic.METRICS, MetricPoint::series))
        .name("metrics")
        .uid("write-metrics");
    streams.writeDeadLetters();
  }

  private static final class NumberedDecoder implements Decoder<Numbered> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Numbered decode(byte[] json) throws Malformed {
      try {
        JsonNode event = JSON.readTree(json);
        if (!event.path("key").isTextual() || !event.path("number").isIntegralNumber()) {
          throw new Malformed("expected key and number");
        }
        return new Numbered(
            event.path("key").textValue(),
            event.path("number").longValue(),
            event.path("time").asLong());
      } catch (IOException e) {
        throw new Malformed("not JSON");
      }
    }
  }

  /**
   * Counts the events of each key; the time of a result never goes back, whatever the clock does.
   */
  private static final class HowMany extends KeyedProcessFunction<String, Numbered, MetricPoint> {
    private transient ValueState<Long> count;

    @Override
    public void open(OpenContext context) {
      count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
    }

    @Override
    public void processElement(Numbered event, Context context, Collector<MetricPoint> out)
        throws Exception {
      long now = count.value() == null ? 1 : count.value() + 1;
      count.update(now);
      Instant window = Instant.ofEpochSecond(event.number());
      Series series =
          new Series("how_many", NAME, "", "", event.key(), "", Duration.ofSeconds(1), Map.of());
      out.collect(
          new MetricPoint(
              series.text(),
              "how_many",
              (double) now,
              now,
              window,
              window.plusSeconds(1),
              "",
              "",
              event.key(),
              "",
              NAME,
              "data",
              Map.of(),
              0,
              null,
              true,
              Instant.ofEpochMilli(context.timerService().currentProcessingTime())));
    }
  }
}
