package io.plumbline.onlinemetrics.quality;

import io.plumbline.runtime.aggregate.PartialAggregate;
import io.plumbline.runtime.window.Window;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Parts of windows in a task, before the exchange. A part waits for the end of its window, and of a
 * window that is over until that is final: somebody else sees to it that it need not wait so long.
 */
final class WindowParts {
  private final long allowedLateness;
  private final Map<QualityKey, QualityDelta> parts = new HashMap<>();
  private long bytes;

  /** No part is due before it. */
  private long firstDue = PartialAggregate.NOTHING;

  /** The watermark has come so far at least. */
  private long passed = Long.MIN_VALUE;

  /**
   * @param allowedLateness behind a horizon, in milliseconds
   */
  WindowParts(long allowedLateness) {
    this.allowedLateness = allowedLateness;
  }

  /** Adds to the part of a window. */
  void add(QualityKey key, WindowContent change) {
    QualityDelta part = parts.get(key);
    if (part == null) {
      part = QualityDelta.of(key);
      parts.put(key, part);
      bytes += WindowContent.BYTES;
    }
    part.content().merge(change);
    bytes += change.bytes() - WindowContent.BYTES;
    firstDue = Math.min(firstDue, due(part));
  }

  private long due(QualityDelta part) {
    return due(part.key().window(), part.content().horizon());
  }

  /**
   * The watermark for which a part must have gone out.
   *
   * @param horizon of labels, in milliseconds
   */
  long due(Window window, long horizon) {
    return window.end() > passed ? window.end() : window.end() + horizon + allowedLateness;
  }

  /** About how many bytes of memory they take. */
  long bytes() {
    return bytes;
  }

  /** See {@link PartialAggregate#firstPaneEnd}. */
  long firstDue() {
    return firstDue;
  }

  /** See {@link PartialAggregate#flush}. */
  void flush(long end, Consumer<QualityDelta> out) {
    bytes = 0;
    firstDue = PartialAggregate.NOTHING;
    if (end == Long.MAX_VALUE) {
      parts.values().forEach(out);
      parts.clear();
      return;
    }
    passed = Math.max(passed, end);
    Iterator<QualityDelta> all = parts.values().iterator();
    while (all.hasNext()) {
      QualityDelta part = all.next();
      if (part.key().window().end() <= end) {
        out.accept(part);
        all.remove();
      } else {
        bytes += part.content().bytes();
        firstDue = Math.min(firstDue, due(part));
      }
    }
  }
}
