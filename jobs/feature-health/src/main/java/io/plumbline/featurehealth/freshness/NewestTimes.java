package io.plumbline.featurehealth.freshness;

import io.plumbline.featurehealth.registry.RegistryView;
import io.plumbline.runtime.aggregate.PartialAggregate;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The newest time of each feature that a task has seen since it last emitted them. */
abstract class NewestTimes<E> implements PartialAggregate<E, NewestTime> {
  /** Of a feature in the map, beside the letters of its name. */
  private static final int BYTES_OF_FEATURE = 130;

  private final RegistryView view;
  private final long featuresLimit;
  private transient Map<String, Newest> newest;
  private transient long bytes;

  /**
   * @param view of the registry, whose features are taken in any case
   * @param featuresLimit of features that a task holds at once beside them: names come from events
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
  }

  @Override
  public final void close() throws InterruptedException {
    view.close();
  }

  @Override
  public final void beforeCheckpoint() {
    view.current();
  }

  final void seen(String feature, long time) {
    Newest of = newest.get(feature);
    if (of == null) {
      if (newest.size() >= featuresLimit && !view.current().isRegistered(feature)) {
        return;
      }
      of = new Newest();
      newest.put(feature, of);
      bytes += BYTES_OF_FEATURE + feature.length();
    }
    of.time = Math.max(of.time, time);
  }

  @Override
  public final long bytes() {
    return bytes + bytesOfLists();
  }

  /** About how many bytes of memory are taken by what was looked up for lists of names. */
  long bytesOfLists() {
    return 0;
  }

  @Override
  public final long firstPaneEnd() {
    return newest.isEmpty() ? NOTHING : NO_PANE;
  }

  @Override
  public final void flush(long end, Consumer<NewestTime> out) {
    newest.forEach(
        (feature, of) ->
            out.accept(new NewestTime(feature, of.time, view.current().isRegistered(feature))));
    newest.clear();
    bytes = 0;
  }
}
