package io.plumbline.onlinemetrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.Answer;
import io.plumbline.events.MetricPoint;
import io.plumbline.events.Prediction.Role;
import io.plumbline.onlinemetrics.health.HealthMetrics;
import io.plumbline.onlinemetrics.join.Fresh;
import io.plumbline.onlinemetrics.join.FreshPrediction;
import io.plumbline.onlinemetrics.join.JoinTypes;
import io.plumbline.onlinemetrics.model.Models;
import io.plumbline.onlinemetrics.silence.ModelSilence;
import io.plumbline.runtime.aggregate.FoldMemory;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.ingest.CatchUpState;
import io.plumbline.runtime.launch.StreamingJob;
import io.plumbline.runtime.window.WholeWindows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

/** What is said of predictions without labels, on a local cluster. */
class HealthPipelineTest {
  private static final long NOON = 1_764_072_000_000L;
  private static final FoldMemory MEMORY = FoldMemory.share(0.1);

  private static final String CONFIG =
      """
      models:
        - {name: credit, task: binary, segments: [{column: country}]}
        - {name: watched, max_silence: 1s, health_windows: [1s], versions: [{version: v1}]}
        - {name: silent, max_silence: 1s, health_windows: [1s]}
      """;

  private static List<FreshPrediction> predictions(Random random) {
    List<FreshPrediction> predictions = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      Answer answer =
          Fresh.answer(
              random.nextInt(3) == 0 ? Role.SHADOW : Role.CHAMPION,
              random.nextInt(5) == 0 ? "unknown" : "credit",
              random.nextInt(4) == 0 ? "v2" : "v1",
              NOON + random.nextInt(240_000),
              random.nextInt(20) == 0 ? Double.NaN : Math.exp(random.nextGaussian() * 9),
              null,
              null,
              random.nextBoolean() ? random.nextDouble() : null,
              random.nextDouble() * 100,
              random.nextInt(30) == 0 ? "timeout" : null);
      predictions.add(
          new FreshPrediction(
              answer, List.of(random.nextBoolean() ? "country=DE" : "country=__other__")));
    }
    return predictions;
  }

  private static StreamExecutionEnvironment environment(int parallelism) {
    return StreamExecutionEnvironment.createLocalEnvironment(parallelism, StreamingJob.strict());
  }

  /** The last states, by what they are states of. */
  private static Map<String, String> run(
      List<FreshPrediction> predictions, int parallelism, long wholeFrom) throws Exception {
    StreamExecutionEnvironment env = environment(parallelism);
    DataStream<FreshPrediction> fresh =
        env.fromData(JoinTypes.FRESH, predictions.toArray(FreshPrediction[]::new))
            .uid("predictions")
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<FreshPrediction>forBoundedOutOfOrderness(Duration.ofSeconds(10))
                    .withTimestampAssigner((event, time) -> event.answer().ts()))
            .uid("times-of-predictions")
            .rebalance();
    DataStream<MetricPoint> points =
        HealthMetrics.of(
            fresh, Models.fixed(CONFIG), ConfigLoader.parse("test", CONFIG), MEMORY, wholeFrom);
    Map<String, MetricPoint> last = new HashMap<>();
    try (CloseableIterator<MetricPoint> all = points.executeAndCollect()) {
      all.forEachRemaining(
          point ->
              last.merge(
                  point.series() + "@" + point.windowStart(),
                  point,
                  (one, two) -> one.computedAt().isAfter(two.computedAt()) ? one : two));
    }
    Map<String, String> states = new TreeMap<>();
    last.forEach(
        (name, point) ->
            states.put(
                name,
                "%s of %d within %s, %s"
                    .formatted(point.value(), point.count(), point.bound(), point.isFinal())));
    return states;
  }

  @Test
  void neitherOrderNorParallelismChangesALastState() throws Exception {
    Random random = new Random(7);
    List<FreshPrediction> predictions = predictions(random);
    predictions.sort((one, two) -> Long.compare(one.answer().ts(), two.answer().ts()));
    Map<String, String> inOrder = run(predictions, 1, WholeWindows.ALL);
    assertThat(inOrder).hasSizeGreaterThan(500);
    assertThat(inOrder.values()).allMatch(state -> state.endsWith("true"));
    // All are within the allowed lateness of ten minutes.
    Collections.shuffle(predictions, random);
    assertThat(run(predictions, 3, WholeWindows.ALL)).isEqualTo(inOrder);
  }

  @Test
  void aStartAmongThePredictionsEmitsWholeWindowsOnly() throws Exception {
    List<FreshPrediction> predictions = predictions(new Random(8));
    // The second of four minutes begins before it, and so does the hour.
    assertThat(run(predictions, 2, NOON + 61_000).keySet())
        .isNotEmpty()
        .allMatch(name -> name.contains("window=\"1m\""))
        .allMatch(name -> name.contains("T12:02:00Z") || name.contains("T12:03:00Z"));
  }

  @Test
  void modelsThatFallSilentAndThatNeverSpokeAreFound() throws Exception {
    StreamExecutionEnvironment env = environment(2);
    PlumblineConfig config = ConfigLoader.parse("test", CONFIG);
    DataStream<FreshPrediction> fresh =
        env.fromSequence(0, Long.MAX_VALUE)
            .uid("ticks")
            .flatMap(
                (Long tick, Collector<FreshPrediction> out) -> {
                  Thread.sleep(20);
                  if (tick < 20) {
                    out.collect(Fresh.of("watched", "v1", System.currentTimeMillis(), tick / 20.0));
                  }
                })
            .returns(JoinTypes.FRESH)
            .setParallelism(1)
            .uid("predictions");
    DataStream<MetricPoint> points =
        ModelSilence.of(
            fresh,
            env.fromData(new CatchUpState(false), new CatchUpState(true)).uid("progress"),
            NoControl.changes(env),
            NoControl.SNAPSHOT,
            Models.fixed(CONFIG),
            config,
            MEMORY);
    Set<String> silent = new TreeSet<>();
    boolean spoke = false;
    try (CloseableIterator<MetricPoint> all = points.executeAndCollect()) {
      while (silent.size() < 3) {
        MetricPoint point = all.next();
        spoke |= point.modelVersion().equals("v1") && point.value() < 60;
        if (point.value() > 1) {
          silent.add((point.model() + " " + point.modelVersion()).trim());
        }
      }
    }
    assertThat(silent).containsExactly("silent", "watched", "watched v1");
    assertThat(spoke).isTrue();
  }
}
