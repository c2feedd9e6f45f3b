package io.plumbline.featurehealth.freshness;

import io.plumbline.featurehealth.registry.RegistryView;
import io.plumbline.runtime.aggregate.PartialAggregate;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The newest time of each feature that a task has seen since it last emitted them. */
abstract class NewestTimes<E> implements PartialAggregate<E, NewestTime> {
  /** It has no panes: what it holds goes out with every watermark. */
  private static final long ALWAYS_OVER = Long.MIN_VALUE;

  private static final long BYTES_PER_FEATURE = 100;

  private final RegistryView view;
  private final long featuresLimit;
  private transient Map<String, Long> newest;

  /**
   * @param view of the registry, whose features are taken in any case
   * @param featuresLimit of features that a task holds at once beside them: names come from events
   */
  NewestTimes(RegistryView view, long featuresLimit) {
    this.view = view;
    this.featuresLimit = featuresLimit;
  }

  @Override
  public void open() {
    view.open();
    newest = new HashMap<>();
  }

  @Override
  public final void close() throws InterruptedException {
    view.close();
  }

  final void seen(String feature, long time) {
    if (newest.size() < featuresLimit
        || newest.containsKey(feature)
        || view.current().isRegistered(feature)) {
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
  public final void flush(long end, Consumer<NewestTime> out) {
    newest.forEach(
        (feature, time) ->
            out.accept(new NewestTime(feature, time, view.current().isRegistered(feature))));
    newest.clear();
  }
}
