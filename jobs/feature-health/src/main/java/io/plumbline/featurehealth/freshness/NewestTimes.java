package io.plumbline.featurehealth.freshness;

import io.plumbline.featurehealth.registry.RegistryView;
import io.plumbline.runtime.aggregate.ByteBudget;
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

  /** Of a feature in one of the maps, beside the letters of its name. */
  private static final int BYTES_OF_FEATURE = 130;

  private final RegistryView view;
  private final long featuresLimit;
  private transient Map<String, Newest> newest;
  private transient long bytes;
  private transient Set<String> known;
  private transient ByteBudget memory;

  /**
   * @param view of the registry, whose features are watched in any case
   * @param featuresLimit of other features that a task watches: names come from events
   */
  NewestTimes(RegistryView view, long featuresLimit) {
    this.view = view;
    this.featuresLimit = featuresLimit;
  }

  /** The newest time of a feature. */
  private static final class Newest {
    private long time = Long.MIN_VALUE;
  }

  @Override
  public void open(long mostBytes) {
    view.open();
    newest = new HashMap<>();
    known = new HashSet<>();
    memory = new ByteBudget(mostBytes / 4);
  }

  @Override
  public final void close() throws InterruptedException {
    view.close();
  }

  final void seen(String feature, long time) {
    Newest of = newest.get(feature);
    if (of == null) {
      if (!isWatched(feature)) {
        return;
      }
      of = new Newest();
      newest.put(feature, of);
      bytes += BYTES_OF_FEATURE + feature.length();
    }
    of.time = Math.max(of.time, time);
  }

  private boolean isWatched(String feature) {
    return known.contains(feature)
        || view.current().isRegistered(feature)
        || (known.size() < featuresLimit
            && memory.grants(BYTES_OF_FEATURE + feature.length())
            && known.add(feature));
  }

  @Override
  public final long bytes() {
    return bytes + memory.taken() + bytesOfLists();
  }

  /** About how many bytes of memory are taken by what was looked up for lists of names. */
  long bytesOfLists() {
    return 0;
  }

  @Override
  public final long firstPaneEnd() {
    return newest.isEmpty() ? NOTHING : ALWAYS_OVER;
  }

  @Override
  public final void flush(long end, Consumer<FeatureNews> out) {
    newest.forEach((feature, of) -> out.accept(FeatureNews.newest(feature, of.time)));
    newest.clear();
    bytes = 0;
  }
}
