package io.plumbline.onlinemetrics.quality;

import io.plumbline.stats.quality.ClassCounts;
import io.plumbline.stats.quality.MulticlassQuality;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A version that predicts one of several classes. */
final class MulticlassVersion implements VersionQuality {
  private final MulticlassQuality quality;

  MulticlassVersion() {
    this(new MulticlassQuality());
  }

  private MulticlassVersion(MulticlassQuality quality) {
    this.quality = quality;
  }

  @Override
  public void add(Observations rows, int row, int side) {
    if (rows.hasClass(row, side)) {
      quality.add(
          rows.text(row, 0),
          rows.text(row, 1 + side),
          rows.number(row, 2 * side),
          rows.number(row, 2 * side + 1),
          rows.times(row));
    }
  }

  @Override
  public void merge(VersionQuality other) {
    quality.merge(((MulticlassVersion) other).quality);
  }

  @Override
  public int bytes() {
    return quality.bytes();
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    quality.writeTo(out);
  }

  static MulticlassVersion readFrom(DataInput in) throws IOException {
    return new MulticlassVersion(MulticlassQuality.readFrom(in));
  }

  @Override
  public void say(QualityPoints points) {
    ClassCounts classes = quality.classes();
    points.point(QualityMetric.ACCURACY, classes.accuracy(), classes.count());
    points.point(QualityMetric.F1_MACRO, classes.macroF1(), classes.count());
    points.point(QualityMetric.F1_WEIGHTED, classes.weightedF1(), classes.count());
    points.point(QualityMetric.LOG_LOSS, quality.logLoss(), quality.scored());
    points.point(QualityMetric.ECE, quality.expectedCalibrationError(), quality.scored());
  }
}
