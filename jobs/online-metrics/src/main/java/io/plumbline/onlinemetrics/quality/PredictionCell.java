package io.plumbline.onlinemetrics.quality;

import io.plumbline.onlinemetrics.join.Joined;
import io.plumbline.onlinemetrics.join.KeptPrediction;
import io.plumbline.onlinemetrics.join.Labelling;
import io.plumbline.onlinemetrics.join.ServedVersion;
import io.plumbline.runtime.aggregate.PartialAggregate;
import io.plumbline.runtime.window.Window;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What changes for predictions that are in the same windows of the same segments: gathered once,
 * and then added to each of these.
 */
final class PredictionCell {
  /** Of an object, beside its contents. */
  private static final int BYTES = 160;

  /** Windows up to this length are final with the labels that come early. */
  private static final long SHORT = Duration.ofHours(1).toMillis();

  private static final String ALL = "";

  private final Key key;
  private final WindowContent content;

  /** With the labels that came early; the same object where none can come later. */
  private final WindowContent early;

  private final WindowParts parts;
  private long firstDue = PartialAggregate.NOTHING;
  private long bytes;

  /**
   * Which predictions these are.
   *
   * @param against see {@link QualityKey}
   * @param start of the longest time that all windows can be made of, in epoch milliseconds
   */
  record Key(ServedVersion served, List<String> segments, String against, long start) {
    static Key of(Joined joined) {
      KeptPrediction prediction = joined.prediction();
      ServedVersion served = prediction.served();
      return new Key(
          served,
          prediction.segments(),
          joined.isPair() ? joined.champion().served().version() : null,
          Window.at(prediction.ts(), pane(served.windows())).start());
    }

    private static long pane(List<Long> windows) {
      long pane = 0;
      for (int i = 0; i < windows.size(); i++) {
        pane = Window.commonLength(windows.get(i), pane);
      }
      return pane;
    }

    // Written out: those that the compiler makes of a record are slow, and this is once a record.
    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && start == that.start
          && Objects.equals(served, that.served)
          && segments.equals(that.segments)
          && Objects.equals(against, that.against);
    }

    @Override
    public int hashCode() {
      int hash = Long.hashCode(start);
      hash = 31 * hash + segments.hashCode();
      hash = 31 * hash + served.version().hashCode();
      return 31 * hash + served.model().hashCode();
    }

    Shape shape() {
      return Shape.of(served.task(), against != null);
    }
  }

  /**
   * @param parts that it will be added to
   */
  PredictionCell(Key key, WindowParts parts) {
    this.key = key;
    content = new WindowContent(key.shape());
    early = hasOneContent(key.served) ? content : new WindowContent(key.shape());
    bytes = BYTES + (early == content ? 1L : 2L) * WindowContent.BYTES;
    this.parts = parts;
  }

  private static boolean hasOneContent(ServedVersion served) {
    return served.horizon() <= Labelling.EARLY;
  }

  /**
   * Adds a change.
   *
   * @param scratch of the cell's shape, which is overwritten
   */
  void add(Joined joined, WindowContent scratch) {
    add(joined, false, scratch, content);
    if (early != content) {
      add(joined, true, scratch, early);
    }
    if (firstDue == PartialAggregate.NOTHING || early != content) {
      noteDue();
    }
  }

  private void add(Joined joined, boolean onlyEarly, WindowContent scratch, WindowContent to) {
    scratch.clear();
    scratch.waits(waits(onlyEarly));
    Change.add(joined, onlyEarly, scratch);
    if (!scratch.isEmpty()) {
      to.merge(scratch);
      bytes += scratch.rows().bytes();
    }
  }

  /** About how many bytes of memory it takes. */
  long bytes() {
    return bytes;
  }

  /** How long labels of its windows are waited for, in milliseconds. */
  private long waits(boolean onlyEarly) {
    return onlyEarly ? Labelling.EARLY : key.served.horizon();
  }

  /**
   * The first watermark for which parts that are made of it must have gone out; {@link
   * PartialAggregate#NOTHING} where nothing is made of it.
   */
  long firstDue() {
    return firstDue;
  }

  /** A window to which nothing has been added is due at no time. */
  private void noteDue() {
    for (long length : key.served.windows()) {
      if (!contentOf(length).isEmpty()) {
        long waits = waits(early != content && length <= SHORT);
        firstDue = Math.min(firstDue, parts.due(Window.at(key.start, length), waits));
      }
    }
  }

  private WindowContent contentOf(long length) {
    return length <= SHORT ? early : content;
  }

  /** Adds all that it has to the parts of its windows. */
  void addToParts() {
    for (long length : key.served.windows()) {
      WindowContent change = contentOf(length);
      if (change.isEmpty()) {
        continue;
      }
      Window window = Window.at(key.start, length);
      parts.add(key(ALL, window), change);
      for (String segment : key.segments) {
        parts.add(key(segment, window), change);
      }
    }
  }

  private QualityKey key(String segment, Window window) {
    ServedVersion served = key.served;
    return new QualityKey(
        served.model(),
        served.version(),
        served.role(),
        served.task(),
        segment,
        key.against,
        window);
  }
}
