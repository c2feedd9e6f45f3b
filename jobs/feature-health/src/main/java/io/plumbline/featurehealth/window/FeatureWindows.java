package io.plumbline.featurehealth.window;

import io.plumbline.featurehealth.tally.FeatureBlock;
import io.plumbline.featurehealth.tally.FeatureBlockForm;
import io.plumbline.runtime.state.BinaryTypeInfo;
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
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;

/**
 * The windows of one key, from the first part that comes of each until no part can come any more.
 *
 * <p>A window is told when the watermark passes its end, again when late events have changed it,
 * and a last time when none can. Of an hour with windows that are too small to be judged alone the
 * counts are kept until the hour is over.
 */
public final class FeatureWindows {
  private static final long HOUR = Duration.ofHours(1).toMillis();

  private static final TypeInformation<FeatureBlock> BLOCK =
      new BinaryTypeInfo<>(FeatureBlock.class, FeatureBlockForm.class);

  private final long window;
  private final long lateness;
  private final long minRows;
  private final MapState<Long, FeatureBlock> blocks;
  private final MapState<Long, Boolean> changed;
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
    blocks = context.getMapState(new MapStateDescriptor<>("windows", Types.LONG, BLOCK));
    changed =
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

  /** Takes a part of a window. */
  public void add(FeatureBlock part, TimerService timers) throws Exception {
    long start = part.windowStart();
    if (start + window + lateness <= timers.currentWatermark()) {
      // A task whose partitions were all silent took what is too late for the others: the window
      // has been told for the last time, and would begin anew with these rows alone.
      tooLate.inc();
      return;
    }
    FeatureBlock before = blocks.get(start);
    blocks.put(start, before == null ? part : FeatureBlock.merged(before, part));
    if (before == null) {
      timers.registerEventTimeTimer(start + window + lateness);
    }
    if (!changed.contains(start)) {
      changed.put(start, true);
      // A late part is told with the next watermark, since it seldom comes alone.
      timers.registerEventTimeTimer(Math.max(start + window - 1, timers.currentWatermark() + 1));
    }
  }

  /** Tells what is to be told at this time. */
  public void onTimer(long time, TimerService timers, Closed closed) throws Exception {
    List<Long> over = new ArrayList<>();
    for (Long start : changed.keys()) {
      if (start + window - 1 <= time) {
        over.add(start);
      }
    }
    over.sort(null);
    for (long start : over) {
      changed.remove(start);
      close(start, timers, closed);
    }
    long last = time - window - lateness;
    if (blocks.contains(last)) {
      FeatureBlock block = blocks.get(last);
      closed.window(block, judged(block), true);
      blocks.remove(last);
    }
    long hour = time - HOUR - window - lateness;
    if (hourOf(hour) == hour) {
      hours.remove(hour);
    }
  }

  private void close(long start, TimerService timers, Closed closed) throws Exception {
    FeatureBlock block = blocks.get(start);
    HourCounts hour = hour(block, timers);
    closed.window(block, judged(block), false);
    if (hour == null) {
      return;
    }
    // What was judged together with this window, or might have been, is judged anew.
    for (long later : startsAfter(start, timers)) {
      if (hourOf(later) == hourOf(start)) {
        FeatureBlock other = blocks.get(later);
        closed.window(other, judged(other), false);
      }
    }
  }

  /** The hour's counts with those of the block; null: no window of the hour is too small. */
  private HourCounts hour(FeatureBlock block, TimerService timers) throws Exception {
    long start = block.windowStart();
    long key = hourOf(start);
    HourCounts hour = hours.get(key);
    boolean small =
        block.features().values().stream().anyMatch(entry -> entry.tally().rows() < minRows);
    if (hour == null && !small) {
      return null;
    }
    if (hour == null) {
      hour = new HourCounts();
      timers.registerEventTimeTimer(key + HOUR + window + lateness);
      // The small window came late: those after it were not kept when they were told.
      for (long later : startsAfter(start, timers)) {
        if (hourOf(later) == key) {
          hour = hour.with(blocks.get(later));
        }
      }
    }
    hour = hour.with(block);
    hours.put(key, hour);
    return hour;
  }

  /** The windows after this one that have been told already, in order. */
  private List<Long> startsAfter(long start, TimerService timers) throws Exception {
    List<Long> starts = new ArrayList<>();
    for (Long other : blocks.keys()) {
      if (other > start
          && other + window - 1 <= timers.currentWatermark()
          && !changed.contains(other)) {
        starts.add(other);
      }
    }
    starts.sort(null);
    return starts;
  }

  private static long hourOf(long start) {
    return Math.floorDiv(start, HOUR) * HOUR;
  }

  private Judged judged(FeatureBlock block) throws Exception {
    long start = block.windowStart();
    HourCounts hour = hours.get(hourOf(start));
    return feature -> {
      Optional<Pooled> pooled =
          hour == null ? Optional.empty() : hour.pooled(feature, start, minRows);
      return pooled.orElseGet(
          () -> new Pooled(block.features().get(feature).tally().counts(), start, true));
    };
  }

  /** What has come so far of the window at this time. */
  public Optional<FeatureBlock> at(long start) throws Exception {
    return Optional.ofNullable(blocks.get(start));
  }

  /** By what its features are judged, if the window is over and told. */
  public Optional<Judged> judgedAt(long start, TimerService timers) throws Exception {
    boolean told =
        start + window - 1 <= timers.currentWatermark()
            && blocks.contains(start)
            && !changed.contains(start);
    return told ? Optional.of(judged(blocks.get(start))) : Optional.empty();
  }
}
