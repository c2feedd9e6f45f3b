package io.plumbline.featurehealth;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.FeatureCheck;
import io.plumbline.events.FeatureNames;
import io.plumbline.events.FeatureValue;
import io.plumbline.events.FeatureValues;
import io.plumbline.events.MetricPoint;
import io.plumbline.events.Prediction;
import io.plumbline.events.Value;
import io.plumbline.events.ValueKind;
import io.plumbline.featurehealth.registry.Registries;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.ControlChange;
import io.plumbline.runtime.control.ControlEpoch;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.ingest.CatchUpState;
import io.plumbline.runtime.launch.StreamingJob;
import io.plumbline.runtime.state.EventTypes;
import io.plumbline.runtime.window.WholeWindows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;

/** The same events in another order and with another parallelism give the same last states. */
class OrderPipelineTest {
  private static final long NOON = Instant.parse("2026-11-26T12:00:00Z").toEpochMilli();
  private static final FeatureNames NAMES = new FeatureNames(List.of("income", "extra"));

  private static final String CONFIG =
      """
      feature_health: {window: 1m, min_rows: 30}
      features:
        - {name: income, type: numeric, null_threshold: 0.2, range: {min: 0, max: 90}}
        - {name: age, type: numeric}
        - {name: country, type: categorical, categories: [DE, FR]}
      models:
        - {name: credit, features: [income, age], segments: [{column: country}]}
      """;

  private static List<Prediction> predictions(Random random) {
    List<Prediction> events = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
      byte[] kinds = {
        random.nextInt(4) == 0 ? ValueKind.NULL.code() : ValueKind.NUMBER.code(),
        ValueKind.NUMBER.code()
      };
      long[] bits = {
        Double.doubleToRawLongBits(random.nextDouble() * 100),
        Double.doubleToRawLongBits(random.nextGaussian() * 1e-3)
      };
      long ts = NOON + random.nextInt(240_000);
      events.add(
          new Prediction(
              "p" + i,
              "credit",
              random.nextInt(10) == 0 ? "v2" : "v1",
              Prediction.Role.CHAMPION,
              ts,
              new FeatureValues(
                  NAMES, kinds, bits, null, new long[] {ts - random.nextInt(9999), ts}),
              null,
              null,
              null,
              null,
              null,
              null,
              Map.of("country", random.nextBoolean() ? "DE" : "XX"),
              null,
              null));
    }
    return events;
  }

  private static List<FeatureValue> values(Random random) {
    List<FeatureValue> events = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      events.add(
          new FeatureValue(
              random.nextInt(5) == 0 ? "age" : "income",
              "e" + i,
              random.nextInt(5) == 0 ? Value.NULL : Value.of(random.nextDouble() * 100),
              NOON + random.nextInt(240_000),
              null,
              random.nextInt(50) == 0 ? "2" : "1"));
    }
    return events;
  }

  private static <T> DataStream<T> none(
      StreamExecutionEnvironment env, String name, TypeInformation<T> type) {
    return env.fromSequence(0, 0)
        .uid("no-" + name)
        .filter(number -> false)
        .uid("none-of-" + name)
        .map(number -> (T) null)
        .returns(type)
        .uid(name);
  }

  /** The last states, by what they are states of. */
  private static Map<String, String> run(
      List<Prediction> predictions, List<FeatureValue> values, int parallelism, long wholeFrom)
      throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, StreamingJob.strict());
    PlumblineConfig config = ConfigLoader.parse("test", CONFIG);
    DataStream<Prediction> in =
        env.fromData(EventTypes.PREDICTION, predictions.toArray(Prediction[]::new))
            .uid("predictions")
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<Prediction>forBoundedOutOfOrderness(Duration.ofSeconds(10))
                    .withTimestampAssigner((event, time) -> event.ts()))
            .uid("times-of-predictions")
            .rebalance();
    DataStream<FeatureValue> features =
        env.fromData(EventTypes.FEATURE_VALUE, values.toArray(FeatureValue[]::new))
            .uid("features")
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<FeatureValue>forBoundedOutOfOrderness(Duration.ofSeconds(10))
                    .withTimestampAssigner((event, time) -> event.eventTime()))
            .uid("times-of-features")
            .rebalance();
    FeatureHealthPipeline.Outputs out =
        FeatureHealthPipeline.build(
            new FeatureHealthPipeline.Inputs(
                in,
                features,
                none(env, "late", EventTypes.FEATURE_VALUE),
                none(env, "control", TypeInformation.of(ControlChange.class)),
                none(env, "progress", TypeInformation.of(CatchUpState.class)),
                wholeFrom),
            config,
            Registries.fixed(CONFIG),
            new ControlSnapshot(new ControlEpoch("", 0), List.of(), 0));
    DataStream<String> results =
        out.metrics()
            .map(OrderPipelineTest::text)
            .returns(Types.STRING)
            .uid("points")
            .union(out.checks().map(OrderPipelineTest::text).returns(Types.STRING).uid("checks"));
    Map<String, Long> newest = new HashMap<>();
    Map<String, String> last = new TreeMap<>();
    try (CloseableIterator<String> all = results.executeAndCollect()) {
      for (Iterator<String> states = all; states.hasNext(); ) {
        String[] parts = states.next().split("\t", 3);
        long computedAt = Long.parseLong(parts[1]);
        if (computedAt >= newest.getOrDefault(parts[0], Long.MIN_VALUE)) {
          newest.put(parts[0], computedAt);
          last.put(parts[0], parts[2]);
        }
      }
    }
    return last;
  }

  private static String text(MetricPoint point) {
    return "%s@%s\t%d\t%s of %d, %s"
        .formatted(
            point.series(),
            point.windowStart(),
            point.computedAt().toEpochMilli(),
            point.value(),
            point.count(),
            point.isFinal());
  }

  private static String text(FeatureCheck check) {
    return "%s %s %s %s %s\t%d\t%s %s %d %s %s"
        .formatted(
            check.feature(),
            check.model(),
            check.modelVersion(),
            check.segment(),
            check.windowStart(),
            check.computedAt().toEpochMilli(),
            check.isHealthy(),
            check.issues(),
            check.rows(),
            check.nullRatio(),
            check.pooledFrom());
  }

  @Test
  void neitherOrderNorParallelismChangesALastState() throws Exception {
    Random random = new Random(11);
    List<Prediction> predictions = predictions(random);
    List<FeatureValue> values = values(random);
    predictions.sort((one, two) -> Long.compare(one.ts(), two.ts()));
    values.sort((one, two) -> Long.compare(one.eventTime(), two.eventTime()));
    Map<String, String> inOrder = run(predictions, values, 1, WholeWindows.ALL);
    assertThat(inOrder).hasSizeGreaterThan(500);
    assertThat(inOrder.values())
        .anyMatch(state -> state.contains("insufficient"))
        .anyMatch(state -> state.contains("null rate"))
        .anyMatch(state -> state.contains("versions at once"));
    // All are within the allowed lateness of ten minutes.
    Collections.shuffle(predictions, random);
    Collections.shuffle(values, random);
    Map<String, String> shuffled = run(predictions, values, 3, WholeWindows.ALL);
    assertThat(shuffled.keySet()).isEqualTo(inOrder.keySet());
    inOrder.forEach((state, value) -> assertThat(shuffled.get(state)).as(state).isEqualTo(value));
  }

  /** What windows that began before have in part, an earlier run has told whole. */
  @Test
  void aStartAmongTheEventsEmitsWholeWindowsOnly() throws Exception {
    Random random = new Random(12);
    List<Prediction> predictions = predictions(random);
    List<FeatureValue> values = values(random);
    Map<String, String> all = run(predictions, values, 1, WholeWindows.ALL);
    // The second of four windows begins before it, the third after it.
    Map<String, String> whole = run(predictions, values, 1, NOON + 61_000);
    assertThat(all.keySet()).anyMatch(OrderPipelineTest::isPoint).anyMatch(key -> !isPoint(key));
    for (boolean points : new boolean[] {true, false}) {
      assertThat(whole.keySet())
          .filteredOn(key -> isPoint(key) == points)
          .containsExactlyInAnyOrderElementsOf(
              all.keySet().stream()
                  .filter(key -> isPoint(key) == points)
                  .filter(key -> key.contains("T12:02:00Z") || key.contains("T12:03:00Z"))
                  .toList());
    }
    // What is pooled in an hour begins anew; all else is the same.
    whole.forEach(
        (key, state) -> {
          if (isPoint(key) && !key.startsWith("feature_healthy")) {
            assertThat(state).as(key).isEqualTo(all.get(key));
          }
        });
  }

  private static boolean isPoint(String key) {
    return key.contains("{");
  }
}
