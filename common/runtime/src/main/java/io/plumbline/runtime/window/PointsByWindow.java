package io.plumbline.runtime.window;

import io.plumbline.events.MetricPoint;
import io.plumbline.runtime.result.PointScope;
import io.plumbline.runtime.result.Points;
import java.io.Serializable;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The points of each window of a key, for a job that says nothing else of a window: with the first
 * watermark beyond its end, again when it has changed, and a last time as final.
 *
 * @param <E> the event, or a partial result
 * @param <P> what is known of a window, which is merged in any order
 */
public final class PointsByWindow<E, P> extends KeyedProcessFunction<String, E, MetricPoint>
    implements WindowedFunction {
  private final TypeInformation<P> type;
  private final Duration length;
  private final Duration lateness;
  private final Time<E> time;
  private final Part<E, P> part;
  private final Merge<P> merge;
  private final Scope scope;
  private final Emission<P> emission;
  private final WindowHorizon horizon = new WindowHorizon();
  private transient EventTimeWindows<P> windows;
  private transient ResultClock clock;

  /** The time of an event, in epoch milliseconds. */
  @FunctionalInterface
  public interface Time<E> extends Serializable {
    long of(E event);
  }

  /** What one event is of its window. */
  @FunctionalInterface
  public interface Part<E, P> extends Serializable {
    P of(E event);
  }

  /** Makes one of two; leaves both as they are. */
  public interface Merge<P> extends BinaryOperator<P>, Serializable {}

  /** The scope of a window's points, by its key. */
  public interface Scope extends BiFunction<String, Window, PointScope>, Serializable {}

  /** What is said of a window. */
  @FunctionalInterface
  public interface Emission<P> extends Serializable {
    void emit(P content, Points points);
  }

  /**
   * @param type of what is known of a window
   * @param length of windows, which begin at the epoch
   * @param lateness behind a window's end, after which no part of it can come
   */
  public PointsByWindow(
      TypeInformation<P> type,
      Duration length,
      Duration lateness,
      Time<E> time,
      Part<E, P> part,
      Merge<P> merge,
      Scope scope,
      Emission<P> emission) {
    this.type = type;
    this.length = length;
    this.lateness = lateness;
    this.time = time;
    this.part = part;
    this.merge = merge;
    this.scope = scope;
    this.emission = emission;
  }

  /**
   * The points of a stream's whole windows.
   *
   * @param key of an event's windows
   * @param wholeFrom for {@link WholeWindows}
   * @param name of the operator, and its uid; {@code whole-NAME} is that of the one before it
   */
  public SingleOutputStreamOperator<MetricPoint> of(
      DataStream<E> events, KeySelector<E, String> key, long wholeFrom, String name) {
    return WholeWindows.only(events, this::startOf, wholeFrom, "whole-" + name)
        .keyBy(key)
        .process(this)
        .name(name)
        .uid(name);
  }

  private long startOf(E event) {
    return windowOf(event).start();
  }

  private Window windowOf(E event) {
    return Window.at(time.of(event), length.toMillis());
  }

  /**
   * How many events each window has, as one metric.
   *
   * @param length of windows, which begin at the epoch
   * @param lateness behind a window's end, after which no event of it can come
   */
  public static <E> PointsByWindow<E, Long> ofCounts(
      String metric, Duration length, Duration lateness, Time<E> time, Scope scope) {
    return new PointsByWindow<>(
        Types.LONG,
        length,
        lateness,
        time,
        event -> 1L,
        Long::sum,
        scope,
        (count, points) -> points.point(metric, "", count, count));
  }

  @Override
  public WindowHorizon horizon() {
    return horizon;
  }

  @Override
  public void open(OpenContext context) {
    windows = new EventTimeWindows<>(getRuntimeContext(), type, merge, lateness, horizon);
    clock = new ResultClock(getRuntimeContext());
  }

  @Override
  public void processElement(E event, Context context, Collector<MetricPoint> out)
      throws Exception {
    windows.add(windowOf(event), part.of(event), context.timerService());
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<MetricPoint> out)
      throws Exception {
    windows.onTimer(
        timestamp,
        context.timerService(),
        (window, content, isFinal) ->
            emission.emit(
                content,
                new Points(
                    scope.apply(context.getCurrentKey(), window),
                    isFinal,
                    clock.now(context.timerService()),
                    out::collect)));
  }
}
