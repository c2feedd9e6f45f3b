package io.plumbline.onlinemetrics.quality;

import io.plumbline.onlinemetrics.join.Joined;
import io.plumbline.onlinemetrics.join.KeptPrediction;
import io.plumbline.onlinemetrics.join.Labelling;
import io.plumbline.onlinemetrics.join.ServedVersion;
import io.plumbline.runtime.aggregate.PartialAggregate;
import io.plumbline.runtime.window.Window;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Gathers what changes for predictions, by the windows and segments that they are in. */
final class QualityFold implements PartialAggregate<Joined, QualityDelta> {
  /** Windows up to this length are final with the labels that come early. */
  private static final long SHORT = Duration.ofHours(1).toMillis();

  private static final String ALL = "";

  private final long allowedLateness;
  private transient WindowParts parts;

  /** What one record changes, by shape; used again for each. */
  private transient Map<Shape, WindowContent> changes;

  /**
   * @param allowedLateness behind a horizon, in milliseconds
   */
  QualityFold(long allowedLateness) {
    this.allowedLateness = allowedLateness;
  }

  @Override
  public void open(long mostBytes) {
    parts = new WindowParts(allowedLateness);
    changes = new EnumMap<>(Shape.class);
  }

  @Override
  public void add(Joined joined, long timestamp) {
    ServedVersion served = joined.prediction().served();
    List<Long> windows = served.windows();
    boolean alike = served.horizon() <= Labelling.EARLY;
    WindowContent change = alike ? change(joined, false) : null;
    for (int i = 0; i < windows.size(); i++) {
      long length = windows.get(i);
      if (!alike) {
        change = change(joined, length <= SHORT);
      }
      if (!change.isEmpty()) {
        add(joined, Window.at(joined.prediction().ts(), length), change);
      }
    }
  }

  private WindowContent change(Joined joined, boolean early) {
    ServedVersion served = joined.prediction().served();
    Shape shape = Shape.of(served.task(), joined.isPair());
    WindowContent change = changes.computeIfAbsent(shape, WindowContent::new);
    change.clear();
    change.waits(early ? Math.min(served.horizon(), Labelling.EARLY) : served.horizon());
    Change.add(joined, early, change);
    return change;
  }

  private void add(Joined joined, Window window, WindowContent change) {
    KeptPrediction prediction = joined.prediction();
    String against = joined.isPair() ? joined.champion().served().version() : null;
    parts.add(key(prediction.served(), ALL, against, window), change);
    List<String> segments = prediction.segments();
    for (int i = 0; i < segments.size(); i++) {
      parts.add(key(prediction.served(), segments.get(i), against, window), change);
    }
  }

  private static QualityKey key(
      ServedVersion served, String segment, String against, Window window) {
    return new QualityKey(
        served.model(), served.version(), served.role(), served.task(), segment, against, window);
  }

  @Override
  public long bytes() {
    return parts.bytes();
  }

  @Override
  public long firstPaneEnd() {
    return parts.firstDue();
  }

  @Override
  public void flush(long end, Consumer<QualityDelta> out) {
    parts.flush(end, out);
  }
}
