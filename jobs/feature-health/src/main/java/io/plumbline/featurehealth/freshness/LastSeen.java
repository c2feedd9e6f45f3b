package io.plumbline.featurehealth.freshness;

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
 * days and is registered now is stale at once. Their names come from events: of more than the limit
 * those are forgotten that were seen longest ago. A single task, after the announcements'.
 */
public final class LastSeen
    extends CoProcessFunction<Announcement<FeatureSpec>, NewestTime, FeatureNews>
    implements CheckpointedFunction {
  private static final Comparator<NewestTime> BY_TIME =
      Comparator.comparingLong(NewestTime::time).thenComparing(NewestTime::feature);

  /** Of all names together, whatever the limit: one may be as long as a record. */
  private static final long MOST_LETTERS = 4 << 20;

  private final long limit;

  private transient Map<String, NewestTime> byFeature;
  private transient TreeSet<NewestTime> byTime;
  private transient Set<String> registered;
  private transient ListState<NewestTime> state;
  private transient long letters;

  /**
   * @param limit of features that are remembered
   */
  public LastSeen(long limit) {
    this.limit = limit;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    state =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>("last-seen", TypeInformation.of(NewestTime.class)));
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
    if (before != null && before.time() >= seen.time()) {
      return;
    }
    forget(seen.feature());
    byFeature.put(seen.feature(), seen);
    byTime.add(seen);
    letters += seen.feature().length();
    while (byTime.size() > limit || letters > MOST_LETTERS) {
      forget(byTime.first().feature());
    }
  }

  private NewestTime forget(String feature) {
    NewestTime seen = byFeature.remove(feature);
    if (seen != null) {
      byTime.remove(seen);
      letters -= feature.length();
    }
    return seen;
  }
}
