package io.plumbline.featurehealth.freshness;

import io.plumbline.featurehealth.registry.RegistryView;
import io.plumbline.runtime.aggregate.PartialAggregate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The newest time of each feature that a task has seen since it last said so. */
abstract class NewestTimes<E> implements PartialAggregate<E, FeatureNews> {
  /** It has no panes: what it holds goes out with every watermark. */
  private static final long ALWAYS_OVER = Long.MIN_VALUE;

  private static final long BYTES_PER_FEATURE = 100;

  private final RegistryView view;
  private final long featuresLimit;
  private transient Map<String, Long> newest;
  private transient Set<String> known;

  /**
   * @param view of the registry, whose features are watched in any case
   * @param featuresLimit of other features that a task watches: names come from events
   */
  NewestTimes(RegistryView view, long featuresLimit) {
    this.view = view;
    this.featuresLimit = featuresLimit;
  }

  @Override
  public void open() {
    view.open();
    newest = new HashMap<>();
    known = new HashSet<>();
  }

  @Override
  public final void close() throws InterruptedException {
    view.close();
  }

  final void seen(String feature, long time) {
    if (known.contains(feature)
        || view.current().isRegistered(feature)
        || (known.size() < featuresLimit && known.add(feature))) {
      newest.merge(feature, time, Math::max);
    }
  }

  @Override
  public final long bytes() {
    return BYTES_PER_FEATURE * newest.size();
  }

  @Override
  public final long firstPaneEnd() {
    return newest.isEmpty() ? NOTHING : ALWAYS_OVER;
  }

  @Override
  public final void flush(long end, Consumer<FeatureNews> out) {
    newest.forEach((feature, time) -> out.accept(FeatureNews.newest(feature, time)));
    newest.clear();
  }
}
