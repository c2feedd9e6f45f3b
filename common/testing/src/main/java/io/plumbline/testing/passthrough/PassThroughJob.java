package io.plumbline.testing.passthrough;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.events.MetricPoint;
import io.plumbline.events.ResultTopic;
import io.plumbline.events.Topic;
import io.plumbline.runtime.aggregate.FoldMemory;
import io.plumbline.runtime.aggregate.PartialAggregateOperator;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.ingest.Decoder;
import io.plumbline.runtime.ingest.Lateness;
import io.plumbline.runtime.ingest.Malformed;
import io.plumbline.runtime.kafka.EventStreams;
import io.plumbline.runtime.kafka.JobResults;
import io.plumbline.runtime.kafka.JobStart;
import io.plumbline.runtime.kafka.ResultSinks;
import io.plumbline.runtime.launch.StreamingJob;
import io.plumbline.runtime.result.PointScope;
import io.plumbline.runtime.result.Points;
import io.plumbline.testing.passthrough.CountPerKey.Count;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.function.SerializableFunction;

/**
 * The smallest job with all that a streaming job stands on: a source with dead letters, keyed state
 * and a sink of results. For each event {@code {"key": K, "number": N}} it says the how manyth of
 * its key it is, and for each key how many there were by way of the pre-aggregation; both are right
 * only if no event was lost or counted twice.
 */
public final class PassThroughJob {
  public static final String NAME = "pass-through";

  /** The metric of each event: the how manyth of its key it is. */
  public static final String HOW_MANY = "how_many";

  /** The metric of each key: how many events it has had, by way of the pre-aggregation. */
  public static final String FOLDED = "folded";

  /** Two sinks of one topic must not share the names of their transactions. */
  private static final String FOLDED_SINK = NAME + "-folded";

  /** So few that some batches reach it between two barriers. */
  private static final FoldMemory FOLDED_MEMORY = FoldMemory.bytes(1000);

  /**
   * A global job parameter of Flink, in milliseconds: for so long the sink's task is busy after
   * each checkpoint barrier, and cannot commit what the checkpoint holds. Absent: never.
   */
  public static final String BUSY_AFTER_BARRIER = "busy-after-barrier";

  private PassThroughJob() {}

  /** An event. */
  public record Numbered(String key, long number, long time) {}

  public static void main(String[] args) throws Exception {
    StreamingJob.run(NAME, args, PassThroughJob::define);
  }

  /** Adds its sources, pipeline and sinks to the environment. */
  public static JobStart define(StreamExecutionEnvironment env, PlumblineConfig config) {
    EventStreams streams = new EventStreams(env, config, NAME, Duration.ofSeconds(1));
    DataStream<Numbered> events =
        streams.of(
            Topic.FEATURES,
            new NumberedDecoder(),
            Numbered::time,
            TypeInformation.of(Numbered.class),
            Lateness.LIMITED);
    DataStream<MetricPoint> howMany =
        events
            .keyBy(Numbered::key)
            .process(new HowMany<>(HOW_MANY, event -> 1L, Numbered::number))
            .name("how many of its key")
            .uid("how-many")
            .map(new BusyAfterBarrier())
            .name("busy after a barrier")
            .uid("busy-after-barrier");
    PartialAggregateOperator.fold(
            events, new CountPerKey(), FOLDED_MEMORY, TypeInformation.of(Count.class), "fold")
        .keyBy(Count::key)
        .process(new HowMany<>(FOLDED, Count::events, more -> 0L))
        .name("how many of its key, folded")
        .uid("how-many-folded")
        .sinkTo(ResultSinks.of(config.kafka(), FOLDED_SINK, ResultTopic.METRICS))
        .name("folded metrics")
        .uid("write-folded-metrics");
    return new JobResults(streams).metrics(howMany).write();
  }

  /** In one task with the sink, whose commits wait until this lets go of the task's thread. */
  private static final class BusyAfterBarrier extends RichMapFunction<MetricPoint, MetricPoint>
      implements CheckpointedFunction {
    private transient long millis;
    private transient boolean barrier;

    @Override
    public void open(OpenContext context) {
      millis =
          Long.parseLong(
              getRuntimeContext().getGlobalJobParameters().getOrDefault(BUSY_AFTER_BARRIER, "0"));
    }

    @Override
    public MetricPoint map(MetricPoint point) throws InterruptedException {
      if (barrier) {
        barrier = false;
        Thread.sleep(millis);
      }
      return point;
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
      barrier = true;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {
      // It keeps no state: it only wants to know of barriers.
    }
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

  /** Counts the events of each key; each input may stand for several. */
  private static final class HowMany<E> extends KeyedProcessFunction<String, E, MetricPoint> {
    private final String metric;
    private final SerializableFunction<E, Long> events;
    private final SerializableFunction<E, Long> window;
    private transient ValueState<Long> count;

    /**
     * @param events for how many an input stands
     * @param window of the result, in seconds
     */
    HowMany(
        String metric, SerializableFunction<E, Long> events, SerializableFunction<E, Long> window) {
      this.metric = metric;
      this.events = events;
      this.window = window;
    }

    @Override
    public void open(OpenContext context) {
      count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
    }

    @Override
    public void processElement(E input, Context context, Collector<MetricPoint> out)
        throws Exception {
      long now = events.apply(input) + (count.value() == null ? 0 : count.value());
      count.update(now);
      Instant start = Instant.ofEpochSecond(window.apply(input));
      Instant computedAt = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
      new Points(
              PointScope.of(NAME, "data", start, start.plusSeconds(1)),
              true,
              computedAt,
              out::collect)
          .point(metric, context.getCurrentKey(), now, now);
    }
  }
}
