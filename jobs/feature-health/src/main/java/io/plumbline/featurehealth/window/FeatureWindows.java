package io.plumbline.featurehealth.window;

import io.plumbline.featurehealth.tally.FeatureBlock;
import io.plumbline.featurehealth.tally.FeatureBlockForm;
import io.plumbline.runtime.state.BinaryTypeInfo;
import io.plumbline.runtime.window.EventTimeWindows;
import io.plumbline.runtime.window.Window;
import io.plumbline.runtime.window.WindowHorizon;
import io.plumbline.runtime.window.WindowedFunction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;

/**
 * The windows of one key's features, with what each is judged by: windows that are too small to be
 * judged alone are pooled with those of their length in the same hour, whose counts are kept until
 * the hour is over.
 */
public final class FeatureWindows {
  private static final long HOUR = Duration.ofHours(1).toMillis();

  private static final TypeInformation<FeatureBlock> BLOCK =
      new BinaryTypeInfo<>(FeatureBlock.class, FeatureBlockForm.class);

  private final long length;
  private final long lateness;
  private final long minRows;
  private final EventTimeWindows<FeatureBlock> windows;
  private final MapState<Long, HourCounts> hours;

  /** Takes a window that is emitted. */
  @FunctionalInterface
  public interface Emission {
    /**
     * @param isFinal whether no further state of the window is expected
     */
    void emit(FeatureBlock block, Judged judged, boolean isFinal) throws Exception;
  }

  /** By what each feature of a window is judged. */
  @FunctionalInterface
  public interface Judged {
    Pooled of(String feature);
  }

  /**
   * @param horizon of the operator, as a {@link WindowedFunction} keeps it
   */
  public FeatureWindows(RuntimeContext context, WindowSettings settings, WindowHorizon horizon) {
    length = settings.length().toMillis();
    lateness = settings.lateness().toMillis();
    minRows = settings.minRows();
    windows =
        new EventTimeWindows<>(context, BLOCK, FeatureBlock::merged, settings.lateness(), horizon);
    MapStateDescriptor<Long, HourCounts> small =
        new MapStateDescriptor<>(
            "small-windows",
            Types.LONG,
            new BinaryTypeInfo<>(HourCounts.class, HourCounts.Form.class));
    // After the last event the watermark does not go on to the end of the hour.
    small.enableTimeToLive(StateTtlConfig.newBuilder(Duration.ofDays(1)).build());
    hours = context.getMapState(small);
  }

  /** The type of the blocks that come. */
  public static TypeInformation<FeatureBlock> blockType() {
    return BLOCK;
  }

  /** Takes a part of a window. */
  public void add(FeatureBlock part, TimerService timers) throws Exception {
    windows.add(part.window(), part, timers);
  }

  /** Emits what is to be emitted at the time of an event-time timer. */
  public void onTimer(long time, TimerService timers, Emission out) throws Exception {
    windows.onTimer(
        time,
        timers,
        (window, block, isFinal) -> {
          boolean pools = !isFinal && pools(block, timers);
          out.emit(block, judged(block), isFinal);
          if (pools) {
            judgeAnewAfter(window, timers, out);
          }
        });
    forgetHours(time);
  }

  /** What was judged together with this window, or might have been, is judged anew. */
  private void judgeAnewAfter(Window window, TimerService timers, Emission out) throws Exception {
    for (Window later : emittedAfter(window, timers)) {
      windows.emitAgain(later, (of, block, isFinal) -> out.emit(block, judged(block), isFinal));
    }
  }

  private void forgetHours(long time) throws Exception {
    List<Long> past = new ArrayList<>();
    for (Long hour : hours.keys()) {
      if (hour + HOUR + length + lateness <= time) {
        past.add(hour);
      }
    }
    for (Long hour : past) {
      hours.remove(hour);
    }
  }

  /** Keeps the block's counts with those of its hour, if a window of that is too small. */
  private boolean pools(FeatureBlock block, TimerService timers) throws Exception {
    Window window = block.window();
    long key = hourOf(window);
    HourCounts hour = hours.get(key);
    boolean small =
        block.features().values().stream().anyMatch(entry -> entry.tally().rows() < minRows);
    if (hour == null && !small) {
      return false;
    }
    if (hour == null) {
      hour = new HourCounts();
      // The small window came late: those after it were not kept when they were emitted.
      for (Window later : emittedAfter(window, timers)) {
        hour = hour.with(windows.at(later).orElseThrow());
      }
    }
    timers.registerEventTimeTimer(key + HOUR + length + lateness);
    hours.put(key, hour.with(block));
    return true;
  }

  /** The windows of the hour and length after this one that have been emitted already, in order. */
  private List<Window> emittedAfter(Window window, TimerService timers) throws Exception {
    return windows.emitted(
        other ->
            other.length() == window.length()
                && other.start() > window.start()
                && hourOf(other) == hourOf(window),
        timers);
  }

  private static long hourOf(Window window) {
    return Window.at(window.start(), HOUR).start();
  }

  private Judged judged(FeatureBlock block) throws Exception {
    Window window = block.window();
    HourCounts hour = hours.get(hourOf(window));
    return feature -> {
      Optional<Pooled> pooled =
          hour == null ? Optional.empty() : hour.pooled(feature, window, minRows);
      return pooled.orElseGet(
          () -> new Pooled(block.features().get(feature).tally().counts(), window.start(), true));
    };
  }

  /** What has come so far of a window. */
  public Optional<FeatureBlock> at(Window window) throws Exception {
    return windows.at(window);
  }

  /** By what its features are judged, if the window is over and was emitted. */
  public Optional<Judged> judgedAt(Window window, TimerService timers) throws Exception {
    return windows.isEmitted(window, timers)
        ? Optional.of(judged(windows.at(window).orElseThrow()))
        : Optional.empty();
  }
}
