package io.plumbline.onlinemetrics.quality;

import io.plumbline.stats.quality.BinaryQuality;
import io.plumbline.stats.quality.ConfusionCounts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A version that predicts one of two classes. */
final class BinaryVersion implements VersionQuality {
  private final BinaryQuality quality;

  BinaryVersion() {
    this(new BinaryQuality());
  }

  private BinaryVersion(BinaryQuality quality) {
    this.quality = quality;
  }

  @Override
  public void add(Observations rows, int row, int side) {
    boolean truth = rows.isPositive(row);
    double score = rows.number(row, side);
    if (rows.hasClass(row, side)) {
      quality.add(rows.isClassPositive(row, side), truth, score, rows.times(row));
    } else {
      quality.addScore(truth, score, rows.times(row));
    }
  }

  @Override
  public void merge(VersionQuality other) {
    quality.merge(((BinaryVersion) other).quality);
  }

  @Override
  public int bytes() {
    return quality.bytes();
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    quality.writeTo(out);
  }

  static BinaryVersion readFrom(DataInput in) throws IOException {
    return new BinaryVersion(BinaryQuality.readFrom(in));
  }

  @Override
  public void say(QualityPoints points) {
    ConfusionCounts confusion = quality.confusion();
    long count = confusion.count();
    if (count > 0) {
      points.point(QualityMetric.TRUE_POSITIVES, confusion.truePositives(), count);
      points.point(QualityMetric.FALSE_POSITIVES, confusion.falsePositives(), count);
      points.point(QualityMetric.TRUE_NEGATIVES, confusion.trueNegatives(), count);
      points.point(QualityMetric.FALSE_NEGATIVES, confusion.falseNegatives(), count);
    }
    points.point(QualityMetric.ACCURACY, confusion.accuracy(), count);
    points.point(QualityMetric.PRECISION, confusion.precision(), count);
    points.point(QualityMetric.RECALL, confusion.recall(), count);
    points.point(QualityMetric.F1, confusion.f1(), count);
    long scored = quality.scored();
    points.point(QualityMetric.ROC_AUC, quality.rocAuc(), scored);
    points.point(QualityMetric.PR_AUC, quality.prAuc(), scored);
    points.point(QualityMetric.LOG_LOSS, quality.logLoss(), scored);
    points.point(QualityMetric.BRIER, quality.brier(), scored);
    points.point(QualityMetric.ECE, quality.expectedCalibrationError(), scored);
  }
}
