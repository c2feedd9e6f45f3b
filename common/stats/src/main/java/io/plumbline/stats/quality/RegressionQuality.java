package io.plumbline.stats.quality;

import io.plumbline.stats.Mergeable;
import io.plumbline.stats.moments.DoubleSum;
import io.plumbline.stats.moments.ProductSum;
import io.plumbline.stats.moments.Rounding;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;

/**
 * The quality of a model of numbers on labelled predictions. The sums are exact and every figure is
 * rounded once, so nothing depends on the order in which predictions are added, taken out and
 * merged, and R2 keeps its digits where the truth hardly varies about a great mean.
 */
public final class RegressionQuality implements Mergeable<RegressionQuality> {
  private static final int BYTES = 80;

  private DoubleSum errors = new DoubleSum();
  private DoubleSum absoluteErrors = new DoubleSum();
  private ProductSum squaredErrors = new ProductSum();
  private DoubleSum truths = new DoubleSum();
  private ProductSum squaredTruths = new ProductSum();
  private DoubleSum ratios = new DoubleSum();
  private long count;

  /** Those whose truth is not 0. */
  private long ratioCount;

  /** Those among them whose error or ratio is beyond the range of doubles. */
  private long ratiosBeyond;

  /**
   * Adds a labelled prediction, {@code times} times; a negative number of times takes it out again.
   * Both numbers are finite.
   */
  public void add(double prediction, double truth, long times) {
    count += times;
    errors.add(prediction, times);
    errors.add(truth, -times);
    absoluteErrors.add(Math.max(prediction, truth), times);
    absoluteErrors.add(Math.min(prediction, truth), -times);
    squaredErrors.add(prediction, prediction, times);
    squaredErrors.add(prediction, truth, -2 * times);
    squaredErrors.add(truth, truth, times);
    truths.add(truth, times);
    squaredTruths.add(truth, truth, times);
    if (truth != 0) {
      addRatio(Math.abs((prediction - truth) / truth), times);
    }
  }

  private void addRatio(double ratio, long times) {
    ratioCount += times;
    if (ratio <= Double.MAX_VALUE) {
      ratios.add(ratio, times);
    } else {
      ratiosBeyond += times;
    }
  }

  /** Labelled predictions. */
  public long count() {
    return count;
  }

  /** How many of them have a truth that is not 0: what {@link #meanAbsoluteRatio} is of. */
  public long ratioCount() {
    return ratioCount;
  }

  /** MAE, {@code mean |prediction - truth|}; NaN without one. */
  public double meanAbsoluteError() {
    return absoluteErrors.over(count);
  }

  /** RMSE, {@code sqrt(mean (prediction - truth)^2)}; NaN without one. */
  public double rootMeanSquaredError() {
    return count <= 0
        ? Double.NaN
        : Rounding.squareRootOfRatio(squaredErrors.units(), ProductSum.ONE.multiply(n()));
  }

  /** {@code mean (prediction - truth)}; NaN without one. */
  public double bias() {
    return errors.over(count);
  }

  /**
   * MAPE as a ratio, {@code mean |prediction - truth| / |truth|} over truths that are not 0; NaN
   * without one, infinite where one is beyond the range of doubles.
   */
  public double meanAbsoluteRatio() {
    return ratiosBeyond > 0 ? Double.POSITIVE_INFINITY : ratios.over(ratioCount);
  }

  /**
   * R2, {@code 1 - sum (prediction - truth)^2 / sum (truth - mean truth)^2}; NaN where the truth is
   * constant.
   */
  public double rSquared() {
    BigInteger sum = truths.units();
    // n times the sum of squares about the mean, without rounding.
    BigInteger total = n().multiply(squaredTruths.units()).subtract(sum.multiply(sum));
    BigInteger residual = n().multiply(squaredErrors.units());
    return total.signum() <= 0 ? Double.NaN : Rounding.ratio(total.subtract(residual), total);
  }

  private BigInteger n() {
    return BigInteger.valueOf(count);
  }

  /** About how many bytes of memory it takes. */
  public int bytes() {
    return BYTES
        + errors.bytes()
        + absoluteErrors.bytes()
        + squaredErrors.bytes()
        + truths.bytes()
        + squaredTruths.bytes()
        + ratios.bytes();
  }

  @Override
  public void merge(RegressionQuality other) {
    count += other.count;
    ratioCount += other.ratioCount;
    ratiosBeyond += other.ratiosBeyond;
    errors.merge(other.errors);
    absoluteErrors.merge(other.absoluteErrors);
    squaredErrors.merge(other.squaredErrors);
    truths.merge(other.truths);
    squaredTruths.merge(other.squaredTruths);
    ratios.merge(other.ratios);
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    VarLong.writeSigned(count, out);
    VarLong.writeSigned(ratioCount, out);
    VarLong.writeSigned(ratiosBeyond, out);
    errors.writeTo(out);
    absoluteErrors.writeTo(out);
    squaredErrors.writeTo(out);
    truths.writeTo(out);
    squaredTruths.writeTo(out);
    ratios.writeTo(out);
  }

  public static RegressionQuality readFrom(DataInput in) throws IOException {
    RegressionQuality quality = new RegressionQuality();
    quality.count = VarLong.readSigned(in);
    quality.ratioCount = VarLong.readSigned(in);
    quality.ratiosBeyond = VarLong.readSigned(in);
    quality.errors = DoubleSum.readFrom(in);
    quality.absoluteErrors = DoubleSum.readFrom(in);
    quality.squaredErrors = ProductSum.readFrom(in);
    quality.truths = DoubleSum.readFrom(in);
    quality.squaredTruths = ProductSum.readFrom(in);
    quality.ratios = DoubleSum.readFrom(in);
    return quality;
  }
}
