package io.plumbline.onlinemetrics.quality;

import io.plumbline.stats.quality.RegressionQuality;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A version that predicts numbers. */
final class RegressionVersion implements VersionQuality {
  private final RegressionQuality quality;

  RegressionVersion() {
    this(new RegressionQuality());
  }

  private RegressionVersion(RegressionQuality quality) {
    this.quality = quality;
  }

  @Override
  public void add(Observations rows, int row, int side) {
    double value = rows.number(row, 1 + side);
    if (!Double.isNaN(value)) {
      quality.add(value, rows.number(row, 0), rows.times(row));
    }
  }

  @Override
  public void merge(VersionQuality other) {
    quality.merge(((RegressionVersion) other).quality);
  }

  @Override
  public int bytes() {
    return quality.bytes();
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    quality.writeTo(out);
  }

  static RegressionVersion readFrom(DataInput in) throws IOException {
    return new RegressionVersion(RegressionQuality.readFrom(in));
  }

  @Override
  public void say(QualityPoints points) {
    long count = quality.count();
    points.point(QualityMetric.MAE, quality.meanAbsoluteError(), count);
    points.point(QualityMetric.RMSE, quality.rootMeanSquaredError(), count);
    points.point(QualityMetric.MAPE, quality.meanAbsoluteRatio(), quality.ratioCount());
    points.point(QualityMetric.R2, quality.rSquared(), count);
    points.point(QualityMetric.BIAS, quality.bias(), count);
  }
}
