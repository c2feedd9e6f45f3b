package io.plumbline.featurehealth.window;

import io.plumbline.featurehealth.tally.FeatureBlock;
import io.plumbline.featurehealth.tally.FeatureBlockForm;
import io.plumbline.featurehealth.tally.Window;
import io.plumbline.runtime.state.BinaryTypeInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;

/**
 * The windows of one key, from the first part that comes of each until no part can come any more.
 *
 * <p>A window keeps the length that it was begun with. It is told when the watermark passes its
 * end, again when late events have changed it, and a last time when none can. Of an hour with
 * windows that are too small to be judged alone the counts are kept until the hour is over.
 */
public final class FeatureWindows {
  private static final long HOUR = Duration.ofHours(1).toMillis();

  private static final TypeInformation<FeatureBlock> BLOCK =
      new BinaryTypeInfo<>(FeatureBlock.class, FeatureBlockForm.class);

  private static final TypeInformation<Window> WINDOW =
      new BinaryTypeInfo<>(Window.class, Window.Form.class);

  private final long window;
  private final long lateness;
  private final long minRows;
  private final MapState<Window, FeatureBlock> blocks;

  /** The same windows, and whether they have changed since they were told. */
  private final MapState<Window, Boolean> open;

  private final MapState<Long, FeatureBlock> blocksByStart;
  private final MapState<Long, Boolean> changedByStart;
  private final MapState<Long, HourCounts> hours;
  private final Counter tooLate;

  /** Takes what there is to tell of a window. */
  @FunctionalInterface
  public interface Closed {
    /**
     * @param isLast whether nothing more is expected of it
     */
    void window(FeatureBlock block, Judged judged, boolean isLast) throws Exception;
  }

  /** By what each feature of a window is judged. */
  @FunctionalInterface
  public interface Judged {
    Pooled of(String feature);
  }

  /**
   * @param minRows below which a window is judged together with the next ones
   */
  public FeatureWindows(RuntimeContext context, Duration window, Duration lateness, long minRows) {
    this.window = window.toMillis();
    this.lateness = lateness.toMillis();
    this.minRows = minRows;
    blocks = context.getMapState(new MapStateDescriptor<>("open-windows", WINDOW, BLOCK));
    open = context.getMapState(new MapStateDescriptor<>("open-and-changed", WINDOW, Types.BOOLEAN));
    blocksByStart = context.getMapState(new MapStateDescriptor<>("windows", Types.LONG, BLOCK));
    changedByStart =
        context.getMapState(new MapStateDescriptor<>("changed-windows", Types.LONG, Types.BOOLEAN));
    MapStateDescriptor<Long, HourCounts> small =
        new MapStateDescriptor<>(
            "small-windows",
            Types.LONG,
            new BinaryTypeInfo<>(HourCounts.class, HourCounts.Form.class));
    // After the last event the watermark does not go on to the end of the hour.
    small.enableTimeToLive(StateTtlConfig.newBuilder(Duration.ofDays(1)).build());
    hours = context.getMapState(small);
    tooLate = context.getMetricGroup().counter("parts_too_late");
  }

  /** The type of the blocks that come. */
  public static TypeInformation<FeatureBlock> blockType() {
    return BLOCK;
  }

  /** The type of windows. */
  public static TypeInformation<Window> windowType() {
    return WINDOW;
  }

  /** Takes over what version 0.1.0 kept by start, without a length. */
  private void adopt() throws Exception {
    if (blocksByStart.isEmpty()) {
      return;
    }
    for (Map.Entry<Long, FeatureBlock> old : blocksByStart.entries()) {
      FeatureBlock block = old.getValue().orOf(window);
      blocks.put(block.window(), block);
      open.put(block.window(), changedByStart.contains(old.getKey()));
    }
    blocksByStart.clear();
    changedByStart.clear();
  }

  /** Takes a part of a window. */
  public void add(FeatureBlock part, TimerService timers) throws Exception {
    adopt();
    Window of = part.window();
    if (of.end() + lateness <= timers.currentWatermark()) {
      // A task whose partitions were all silent took what is too late for the others: the window
      // has been told for the last time, and would begin anew with these rows alone.
      tooLate.inc();
      return;
    }
    FeatureBlock before = blocks.get(of);
    blocks.put(of, before == null ? part : FeatureBlock.merged(before, part));
    if (before == null) {
      timers.registerEventTimeTimer(of.end() + lateness);
    }
    if (!Boolean.TRUE.equals(open.get(of))) {
      open.put(of, true);
      // A late part is told with the next watermark, since it seldom comes alone.
      timers.registerEventTimeTimer(Math.max(of.end() - 1, timers.currentWatermark() + 1));
    }
  }

  /** Tells what is to be told at this time. */
  public void onTimer(long time, TimerService timers, Closed closed) throws Exception {
    adopt();
    List<Window> changed = new ArrayList<>();
    List<Window> past = new ArrayList<>();
    for (Map.Entry<Window, Boolean> one : open.entries()) {
      Window of = one.getKey();
      if (one.getValue() && of.end() - 1 <= time) {
        changed.add(of);
      }
      if (of.end() + lateness <= time) {
        past.add(of);
      }
    }
    changed.sort(null);
    for (Window of : changed) {
      open.put(of, false);
      close(of, timers, closed);
    }
    past.sort(null);
    for (Window of : past) {
      FeatureBlock block = blocks.get(of);
      closed.window(block, judged(block), true);
      blocks.remove(of);
      open.remove(of);
    }
    forgetHours(time);
  }

  private void forgetHours(long time) throws Exception {
    List<Long> past = new ArrayList<>();
    for (Long hour : hours.keys()) {
      if (hour + HOUR + window + lateness <= time) {
        past.add(hour);
      }
    }
    for (Long hour : past) {
      hours.remove(hour);
    }
  }

  private void close(Window of, TimerService timers, Closed closed) throws Exception {
    FeatureBlock block = blocks.get(of);
    boolean pools = pools(block, timers);
    closed.window(block, judged(block), false);
    if (!pools) {
      return;
    }
    // What was judged together with this window, or might have been, is judged anew.
    for (Window later : toldAfter(of, timers)) {
      FeatureBlock other = blocks.get(later);
      closed.window(other, judged(other), false);
    }
  }

  /** Keeps the block's counts with those of its hour, if a window of that is too small. */
  private boolean pools(FeatureBlock block, TimerService timers) throws Exception {
    Window of = block.window();
    long key = hourOf(of);
    HourCounts hour = hour(key);
    boolean small =
        block.features().values().stream().anyMatch(entry -> entry.tally().rows() < minRows);
    if (hour == null && !small) {
      return false;
    }
    if (hour == null) {
      hour = new HourCounts();
      // The small window came late: those after it were not kept when they were told.
      for (Window later : toldAfter(of, timers)) {
        hour = hour.with(blocks.get(later));
      }
    }
    timers.registerEventTimeTimer(key + HOUR + window + lateness);
    hours.put(key, hour.with(block));
    return true;
  }

  /** The windows of the hour and length after this one that have been told already, in order. */
  private List<Window> toldAfter(Window of, TimerService timers) throws Exception {
    List<Window> told = new ArrayList<>();
    for (Map.Entry<Window, Boolean> one : open.entries()) {
      Window other = one.getKey();
      if (other.length() == of.length()
          && other.start() > of.start()
          && hourOf(other) == hourOf(of)
          && other.end() - 1 <= timers.currentWatermark()
          && !one.getValue()) {
        told.add(other);
      }
    }
    told.sort(null);
    return told;
  }

  private static long hourOf(Window of) {
    return Window.at(of.start(), HOUR).start();
  }

  /** The counts of an hour with small windows; null: it has none. */
  private HourCounts hour(long start) throws Exception {
    HourCounts hour = hours.get(start);
    return hour == null ? null : hour.orOf(window);
  }

  private Judged judged(FeatureBlock block) throws Exception {
    Window of = block.window();
    HourCounts hour = hour(hourOf(of));
    return feature -> {
      Optional<Pooled> pooled = hour == null ? Optional.empty() : hour.pooled(feature, of, minRows);
      return pooled.orElseGet(
          () -> new Pooled(block.features().get(feature).tally().counts(), of.start(), true));
    };
  }

  /** What has come so far of a window. */
  public Optional<FeatureBlock> at(Window of) throws Exception {
    return Optional.ofNullable(blocks.get(of));
  }

  /** By what its features are judged, if the window is over and told. */
  public Optional<Judged> judgedAt(Window of, TimerService timers) throws Exception {
    adopt();
    boolean told = of.end() - 1 <= timers.currentWatermark() && Boolean.FALSE.equals(open.get(of));
    return told ? Optional.of(judged(blocks.get(of))) : Optional.empty();
  }
}
