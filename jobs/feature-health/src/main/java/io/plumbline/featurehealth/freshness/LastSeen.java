package io.plumbline.featurehealth.freshness;

import io.plumbline.runtime.aggregate.FoldMemory;
import io.plumbline.runtime.control.Announcement;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Remembers when a feature that is not registered was last seen, so that one that has been dead for
 * days and is registered now is stale at once. Their names come from events: of more than the
 * limit, or than there is room for, those are forgotten that were seen longest ago. A single task,
 * after the announcements'.
 */
public final class LastSeen
    extends CoProcessFunction<Announcement<FeatureSpec>, NewestTime, FeatureNews>
    implements CheckpointedFunction {
  private static final Comparator<NewestTime> BY_TIME =
      Comparator.comparingLong(NewestTime::time).thenComparing(NewestTime::feature);

  /** Of a feature, beside the letters of its name: in both collections and in a snapshot's copy. */
  private static final int BYTES_OF_FEATURE = 200;

  private final long limit;
  private final FoldMemory memory;

  private transient Map<String, NewestTime> byFeature;
  private transient TreeSet<NewestTime> byTime;
  private transient Set<String> registered;
  private transient ListState<NewestTime> state;
  private transient long mostBytes;
  private transient long bytes;

  /**
   * @param limit of features that are remembered
   * @param memory that they may take
   */
  public LastSeen(long limit, FoldMemory memory) {
    this.limit = limit;
    this.memory = memory;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    state =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>("last-seen", TypeInformation.of(NewestTime.class)));
    mostBytes = memory.in(getRuntimeContext());
    byFeature = new HashMap<>();
    byTime = new TreeSet<>(BY_TIME);
    registered = new HashSet<>();
    for (NewestTime seen : state.get()) {
      remember(seen);
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    state.update(byTime.stream().toList());
  }

  @Override
  public void processElement1(
      Announcement<FeatureSpec> announcement, Context context, Collector<FeatureNews> out) {
    if (announcement.caughtUp()) {
      out.collect(FeatureNews.caughtUp(announcement.name()));
      return;
    }
    String feature = announcement.name();
    if (announcement.spec() == null) {
      registered.remove(feature);
    } else {
      registered.add(feature);
    }
    NewestTime seen = forget(feature);
    out.collect(FeatureNews.announced(announcement, seen == null ? null : seen.time()));
  }

  @Override
  public void processElement2(NewestTime seen, Context context, Collector<FeatureNews> out) {
    if (registered.contains(seen.feature())) {
      // Who saw it had not heard of that yet.
      out.collect(FeatureNews.newest(seen.feature(), seen.time()));
    } else {
      remember(seen);
    }
  }

  private void remember(NewestTime seen) {
    NewestTime before = byFeature.get(seen.feature());
    if ((before != null && before.time() >= seen.time()) || bytesOf(seen.feature()) > mostBytes) {
      return;
    }
    forget(seen.feature());
    byFeature.put(seen.feature(), seen);
    byTime.add(seen);
    bytes += bytesOf(seen.feature());
    while (byTime.size() > limit || bytes > mostBytes) {
      forget(byTime.first().feature());
    }
  }

  private NewestTime forget(String feature) {
    NewestTime seen = byFeature.remove(feature);
    if (seen != null) {
      byTime.remove(seen);
      bytes -= bytesOf(feature);
    }
    return seen;
  }

  private static long bytesOf(String feature) {
    return BYTES_OF_FEATURE + 2L * feature.length();
  }
}
