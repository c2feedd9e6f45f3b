package io.plumbline.onlinemetrics;

import io.plumbline.events.Answer;
import io.plumbline.events.Label;
import io.plumbline.events.MetricPoint;
import io.plumbline.onlinemetrics.model.Models;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.ingest.CatchUpState;
import io.plumbline.runtime.ingest.Positioned;
import io.plumbline.runtime.launch.StreamingJob;
import io.plumbline.runtime.state.EventTypes;
import io.plumbline.runtime.window.WholeWindows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/** The last states of the points that a run of the whole graph makes. */
final class LastStates {
  private static final Duration DISORDER = Duration.ofSeconds(10);

  private final Map<String, MetricPoint> points = new TreeMap<>();

  private LastStates() {}

  /**
   * Runs the graph in a process of its own.
   *
   * @param ordered whether time goes on with the events; else they are in any order
   */
  static LastStates of(
      String yaml, List<Answer> answers, List<Label> labels, int parallelism, boolean ordered)
      throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, StreamingJob.strict());
    OnlineMetricsPipeline.Outputs out =
        OnlineMetricsPipeline.build(
            new OnlineMetricsPipeline.Inputs(
                stream(env, "answers", answers, Answer::ts, EventTypes.ANSWER, ordered),
                stream(env, "labels", labels, Label::ts, EventTypes.LABEL, ordered),
                NoControl.changes(env),
                env.fromData(new CatchUpState(false)).uid("progress"),
                WholeWindows.ALL),
            ConfigLoader.parse("test", yaml),
            Models.fixed(yaml),
            NoControl.SNAPSHOT);
    LastStates last = new LastStates();
    try (CloseableIterator<MetricPoint> all = out.metrics().executeAndCollect()) {
      all.forEachRemaining(last::add);
    }
    return last;
  }

  private interface Time<T> {
    long of(T event);
  }

  private static <T> DataStream<Positioned<T>> stream(
      StreamExecutionEnvironment env,
      String name,
      List<T> events,
      Time<T> time,
      TypeInformation<T> type,
      boolean ordered) {
    List<Positioned<T>> positioned = new ArrayList<>();
    events.forEach(event -> positioned.add(new Positioned<>(event, 0, positioned.size())));
    long[] times = events.stream().mapToLong(time::of).toArray();
    WatermarkStrategy<Positioned<T>> watermarks =
        ordered
            ? WatermarkStrategy.forBoundedOutOfOrderness(DISORDER)
            : WatermarkStrategy.noWatermarks();
    return env.fromData(Positioned.type(type), toArray(positioned))
        .uid(name)
        .assignTimestampsAndWatermarks(
            watermarks.withTimestampAssigner((event, before) -> times[(int) event.offset()]))
        .uid("times-of-" + name)
        .rebalance();
  }

  @SuppressWarnings("unchecked") // only read
  private static <T> Positioned<T>[] toArray(List<Positioned<T>> events) {
    return events.toArray(Positioned[]::new);
  }

  /** Points of the clock are of no window of the predictions. */
  private void add(MetricPoint point) {
    if (point.metric().equals("model_silence_seconds")) {
      return;
    }
    points.merge(
        point.series() + "@" + point.windowStart(),
        point,
        (one, two) -> one.computedAt().isAfter(two.computedAt()) ? one : two);
  }

  /** All but when they were computed, by series and start of the window; withdrawn ones too. */
  Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    points.forEach(
        (name, point) ->
            texts.put(
                name,
                "%s of %d, bound %s, coverage %s, final %s"
                    .formatted(
                        point.value(),
                        point.count(),
                        point.bound(),
                        point.coverage(),
                        point.isFinal())));
    return texts;
  }

  List<MetricPoint> points() {
    return List.copyOf(points.values());
  }

  /** A point; null: it was never made, or is withdrawn. */
  MetricPoint point(String series, Instant windowStart) {
    MetricPoint point = points.get(series + "@" + windowStart);
    return point == null || point.value() == null ? null : point;
  }
}
