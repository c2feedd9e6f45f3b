package io.plumbline.onlinemetrics.quality;

import io.plumbline.onlinemetrics.join.Orphan;
import io.plumbline.onlinemetrics.model.ModelsView;
import io.plumbline.runtime.aggregate.PartialAggregate;
import io.plumbline.runtime.window.Window;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Counts labels without a prediction, in windows of the length that models have by default. */
final class OrphanFold implements PartialAggregate<Orphan, QualityDelta> {
  private static final List<Long> WINDOWS =
      List.of(Duration.ofHours(1).toMillis(), Duration.ofDays(1).toMillis());

  /** What the join may wait longer than a horizon, as a share of it. */
  private static final int PARTS = 16;

  private final ModelsView models;
  private final long allowedLateness;
  private transient WindowParts parts;
  private transient WindowContent change;

  /**
   * @param allowedLateness behind a horizon, in milliseconds
   */
  OrphanFold(ModelsView models, long allowedLateness) {
    this.models = models;
    this.allowedLateness = allowedLateness;
  }

  @Override
  public void open(long mostBytes) {
    models.open();
    parts = new WindowParts(allowedLateness);
    change = new WindowContent(Shape.NONE);
  }

  @Override
  public void close() throws InterruptedException {
    models.close();
  }

  @Override
  public void add(Orphan orphan, long timestamp) {
    long horizon = models.current().longestHorizon();
    change.clear();
    change.waits(horizon + horizon / PARTS);
    change.countOrphan();
    for (int i = 0; i < WINDOWS.size(); i++) {
      parts.add(QualityKey.ofOrphans(Window.at(orphan.ts(), WINDOWS.get(i))), change);
    }
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
