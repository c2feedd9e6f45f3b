package io.plumbline.onlinemetrics.quality;

import io.plumbline.onlinemetrics.join.Joined;
import io.plumbline.runtime.aggregate.PartialAggregate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Gathers what changes for predictions, by the windows and segments that they are in. Each change
 * is added once, to what is alike in all of these, and only sums are added to each of them.
 */
final class QualityFold implements PartialAggregate<Joined, QualityDelta> {
  private final long allowedLateness;
  private transient long mostBytes;
  private transient WindowParts parts;
  private transient Map<PredictionCell.Key, PredictionCell> cells;

  /** About how many bytes of memory the cells take. */
  private transient long bytes;

  /** No cell's part is due before it. */
  private transient long firstDue;

  /** What one record changes, by shape; used again for each. */
  private transient Map<Shape, WindowContent> scratch;

  /**
   * @param allowedLateness behind a horizon, in milliseconds
   */
  QualityFold(long allowedLateness) {
    this.allowedLateness = allowedLateness;
  }

  @Override
  public void open(long most) {
    mostBytes = most;
    parts = new WindowParts(allowedLateness);
    cells = new HashMap<>();
    firstDue = NOTHING;
    scratch = new EnumMap<>(Shape.class);
  }

  @Override
  public void add(Joined joined, long timestamp) {
    if (joined.prediction().served().windows().isEmpty()) {
      return;
    }
    PredictionCell.Key key = PredictionCell.Key.of(joined);
    PredictionCell cell = cells.get(key);
    if (cell == null) {
      cell = new PredictionCell(key, parts);
      cells.put(key, cell);
      bytes += cell.bytes();
    }
    long before = cell.bytes();
    cell.add(joined, scratch.computeIfAbsent(key.shape(), WindowContent::new));
    bytes += cell.bytes() - before;
    firstDue = Math.min(firstDue, cell.firstDue());
  }

  /** Cells, and as much for the parts that are made of them when they go out. */
  @Override
  public long bytes() {
    return 2 * bytes + parts.bytes();
  }

  @Override
  public long firstPaneEnd() {
    return Math.min(firstDue, parts.firstDue());
  }

  @Override
  public void flush(long end, Consumer<QualityDelta> out) {
    bytes = 0;
    firstDue = NOTHING;
    Iterator<PredictionCell> all = cells.values().iterator();
    while (all.hasNext()) {
      PredictionCell cell = all.next();
      if (cell.firstDue() > end) {
        bytes += cell.bytes();
        firstDue = Math.min(firstDue, cell.firstDue());
        continue;
      }
      all.remove();
      cell.addToParts();
      if (parts.bytes() > mostBytes / 2) {
        parts.flush(Long.MAX_VALUE, out);
      }
    }
    parts.flush(end, out);
  }
}
