package io.plumbline.runtime.window;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;

/**
 * The windows of one key by event time, from the first part that comes of each until none can come
 * any more. A window is emitted when the watermark passes its end, again when late parts have
 * changed it, and a last time as final. What comes later still is dropped and counted as {@code
 * parts_too_late}: the window would begin anew with that part alone. That holds across restores: a
 * window that was final stays so, and one that is open when a run begins that allows more lateness
 * stays open as long as that run allows.
 *
 * <p>The owner forwards its event-time timers to {@link #onTimer}; timers of other purposes may be
 * among them.
 *
 * @param <P> what is known of a window: a part of it, or all parts merged
 */
public final class EventTimeWindows<P> {
  private final BinaryOperator<P> merge;
  private final long lateness;
  private final WindowHorizon horizon;
  private final MapState<Window, P> contents;

  /** The windows that have changed since they were emitted. */
  private final MapState<Window, Boolean> changed;

  /** The same, by the watermark at which they are emitted: nobody has to look for them. */
  private final MapState<Long, List<Window>> emissions;

  /** All open windows, by the watermark that makes them final. */
  private final MapState<Long, List<Window>> finals;

  private final Counter tooLate;

  /**
   * Takes a window that is emitted.
   *
   * @param <P> what is known of a window
   */
  @FunctionalInterface
  public interface Emission<P> {
    /**
     * @param isFinal whether no further state of the window is expected
     */
    void emit(Window window, P content, boolean isFinal) throws Exception;
  }

  /**
   * Windows in keyed state under names that begin with {@code windows}, so one instance an
   * operator.
   *
   * @param merge makes one of two; leaves both as they are
   * @param lateness behind a window's end, after which no part of it can come
   * @param horizon of the operator, as a {@link WindowedFunction} keeps it
   */
  public EventTimeWindows(
      RuntimeContext context,
      TypeInformation<P> type,
      BinaryOperator<P> merge,
      Duration lateness,
      WindowHorizon horizon) {
    this.merge = merge;
    this.lateness = lateness.toMillis();
    this.horizon = horizon;
    contents = context.getMapState(new MapStateDescriptor<>("windows", Window.TYPE, type));
    changed =
        context.getMapState(
            new MapStateDescriptor<>("windows-changed", Window.TYPE, Types.BOOLEAN));
    emissions =
        context.getMapState(
            new MapStateDescriptor<>("windows-by-emission", Types.LONG, Types.LIST(Window.TYPE)));
    finals =
        context.getMapState(
            new MapStateDescriptor<>("windows-by-final", Types.LONG, Types.LIST(Window.TYPE)));
    tooLate = context.getMetricGroup().counter("parts_too_late");
  }

  /** Takes a part of a window. */
  public void add(Window window, P part, TimerService timers) throws Exception {
    horizon.advance(timers.currentWatermark(), lateness);
    if (horizon.isBehind(window)) {
      tooLate.inc();
      return;
    }
    P before = contents.get(window);
    contents.put(window, before == null ? part : merge.apply(before, part));
    if (before == null) {
      closeAt(window.end() + lateness, window, timers);
    }
    if (!changed.contains(window)) {
      changed.put(window, true);
      // A late part is emitted with the next watermark, since it seldom comes alone.
      enter(window, Math.max(window.end() - 1, timers.currentWatermark() + 1), emissions, timers);
    }
  }

  private void closeAt(long time, Window window, TimerService timers) throws Exception {
    enter(window, time, finals, timers);
  }

  private static void enter(
      Window window, long time, MapState<Long, List<Window>> byTime, TimerService timers)
      throws Exception {
    List<Window> others = byTime.get(time);
    List<Window> all = others == null ? new ArrayList<>() : new ArrayList<>(others);
    all.add(window);
    byTime.put(time, all);
    timers.registerEventTimeTimer(time);
  }

  /**
   * Emits what is to be emitted at the time of an event-time timer, in order of the windows; those
   * that are final last, which are then forgotten.
   */
  public void onTimer(long time, TimerService timers, Emission<P> out) throws Exception {
    horizon.advance(timers.currentWatermark(), lateness);
    for (Window window : taken(time, emissions)) {
      changed.remove(window);
      emit(window, false, out);
    }
    for (Window window : taken(time, finals)) {
      if (horizon.isBehind(window)) {
        emit(window, true, out);
        contents.remove(window);
      } else {
        // It was begun by a run that allowed less.
        closeAt(window.end() + lateness, window, timers);
      }
    }
  }

  /** Takes out the windows that were entered for a time, in order. */
  private static List<Window> taken(long time, MapState<Long, List<Window>> byTime)
      throws Exception {
    List<Window> entered = byTime.get(time);
    if (entered == null) {
      return List.of();
    }
    byTime.remove(time);
    return entered.stream().sorted().toList();
  }

  /** Emits a window that was emitted already, since what is said of it depends on another one. */
  public void emitAgain(Window window, Emission<P> out) throws Exception {
    emit(window, false, out);
  }

  /** All emission passes here: what must not be emitted is held back in this one place. */
  private void emit(Window window, boolean isFinal, Emission<P> out) throws Exception {
    out.emit(window, contents.get(window), isFinal);
  }

  /** What has come so far of a window; empty: nothing, or it was final. */
  public Optional<P> at(Window window) throws Exception {
    return Optional.ofNullable(contents.get(window));
  }

  /** Whether a window is open and was emitted as it is now. */
  public boolean isEmitted(Window window, TimerService timers) throws Exception {
    return window.end() - 1 <= timers.currentWatermark()
        && contents.contains(window)
        && !changed.contains(window);
  }

  /** The open windows among these that were emitted as they are now, in order. */
  public List<Window> emitted(Predicate<Window> which, TimerService timers) throws Exception {
    List<Window> emitted = new ArrayList<>();
    for (List<Window> windows : finals.values()) {
      for (Window window : windows) {
        if (which.test(window) && isEmitted(window, timers)) {
          emitted.add(window);
        }
      }
    }
    emitted.sort(null);
    return emitted;
  }
}
