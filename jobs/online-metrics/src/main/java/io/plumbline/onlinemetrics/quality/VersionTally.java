package io.plumbline.onlinemetrics.quality;

import io.plumbline.runtime.result.Measured;
import io.plumbline.stats.quality.SelectionGap;
import io.plumbline.stats.quantile.LogLinearHistogram;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The predictions of one version by itself. */
final class VersionTally implements Tally {
  private static final double MILLIS = 1000;

  /** Which number of an observation is what the model said. */
  private final int output;

  private final VersionQuality quality;
  private final SelectionGap gap;
  private final LogLinearHistogram delays;

  VersionTally(Shape shape) {
    this(shape, VersionQuality.of(shape), new SelectionGap(), new LogLinearHistogram());
  }

  private VersionTally(
      Shape shape, VersionQuality quality, SelectionGap gap, LogLinearHistogram delays) {
    output = shape == Shape.BINARY ? 0 : 1;
    this.quality = quality;
    this.gap = gap;
    this.delays = delays;
  }

  @Override
  public void add(Observations rows, int row) {
    long times = rows.times(row);
    double said = rows.number(row, output);
    boolean hasSaid = !Double.isNaN(said);
    if (rows.isLabelled(row)) {
      quality.add(rows, row, 0);
      delays.add(rows.delay(row), times);
      if (hasSaid) {
        gap.addLabelled(said, times);
      }
    } else if (hasSaid) {
      gap.addUnlabelled(said, times);
    }
  }

  @Override
  public void merge(Tally other) {
    VersionTally that = (VersionTally) other;
    quality.merge(that.quality);
    gap.merge(that.gap);
    delays.merge(that.delays);
  }

  @Override
  public int bytes() {
    return quality.bytes() + gap.bytes() + delays.bytes();
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    quality.writeTo(out);
    gap.writeTo(out);
    delays.writeTo(out);
  }

  static VersionTally readFrom(Shape shape, DataInput in) throws IOException {
    return new VersionTally(
        shape,
        VersionQuality.readFrom(shape, in),
        SelectionGap.readFrom(in),
        LogLinearHistogram.readFrom(in));
  }

  @Override
  public void say(QualityPoints points, QualityPoints ofChampion) {
    quality.say(points);
    points.point(QualityMetric.SELECTION_GAP, gap.gap(), gap.labelled() + gap.unlabelled());
    delay(QualityMetric.DELAY_MEDIAN, 0.5, points);
    delay(QualityMetric.DELAY_95, 0.95, points);
  }

  private void delay(QualityMetric metric, double q, QualityPoints points) {
    points.point(
        metric,
        Measured.exact(delays.interpolatedQuantile(q) / MILLIS, delays.count())
            .within(delays.interpolatedQuantileBound(q) / MILLIS));
  }
}
