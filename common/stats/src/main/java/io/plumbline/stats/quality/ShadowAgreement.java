package io.plumbline.stats.quality;

import io.plumbline.stats.Mergeable;
import io.plumbline.stats.moments.DoubleSum;
import io.plumbline.stats.sample.RowSample;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How far a shadow agrees with the champion on the same predictions, before any label comes.
 * Nothing is taken out again.
 */
public final class ShadowAgreement implements Mergeable<ShadowAgreement> {
  /** The most pairs with which the rank correlation is of all. */
  public static final int MOST_RANKED = 2_000;

  /** The normal quantile of 0.99995: one interval in ten thousand misses the truth. */
  private static final double SURE = 3.8906;

  /** Of an object with its parts, beside what grows. */
  private static final int BYTES = 180;

  /** Of a row of the sample. */
  private static final int BYTES_OF_ROW = 64;

  private long compared;
  private long disagreements;
  private long pairs;
  private DoubleSum differences = new DoubleSum();

  /** Of champion and shadow, those with the lowest hashes. */
  private RowSample sample = new RowSample(MOST_RANKED);

  /** Adds a pair of predicted classes. */
  public void addClasses(boolean same) {
    compared++;
    disagreements += same ? 0 : 1;
  }

  /**
   * Adds a pair of finite scores or values.
   *
   * @param hash of the prediction's id
   */
  public void addValues(long hash, double champion, double shadow) {
    pairs++;
    differences.add(Math.max(champion, shadow), 1);
    differences.add(Math.min(champion, shadow), -1);
    if (sample.wants(hash)) {
      sample.add(hash, new double[] {champion, shadow});
    }
  }

  /** Pairs of predicted classes. */
  public long compared() {
    return compared;
  }

  /** Pairs of scores or values. */
  public long pairs() {
    return pairs;
  }

  /** The share of the pairs whose classes differ; NaN without one. */
  public double disagreementRatio() {
    return Shares.of(disagreements, compared);
  }

  /** {@code mean |shadow - champion|}, exact and rounded once; NaN without a pair. */
  public double meanAbsoluteDifference() {
    return differences.over(pairs);
  }

  /**
   * Spearman's correlation of scores or values: of all pairs up to {@link #MOST_RANKED}, beyond
   * that of those whose hashes are lowest. The bound is then that of an interval with a confidence
   * of 99.99 %, by Fisher's z with the error of Bonett and Wright (Psychometrika 65, 2000), {@code
   * sqrt((1 + r^2 / 2) / (n - 3))}. Undefined where one side is constant.
   */
  public Estimate rankCorrelation() {
    double[][] rows = sample.rows();
    double[] champion = new double[rows.length];
    double[] shadow = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      champion[i] = rows[i][0];
      shadow[i] = rows[i][1];
    }
    double r = RankCorrelation.spearman(champion, shadow);
    return new Estimate(r, pairs <= MOST_RANKED ? 0 : sampleBound(r));
  }

  private static double sampleBound(double r) {
    if (Double.isNaN(r)) {
      return 0;
    }
    // A sample in perfect order does not say that all are.
    double most = 1 - 1.0 / MOST_RANKED;
    double nearest = Math.min(Math.abs(r), most);
    double z = 0.5 * StrictMath.log((1 + nearest) / (1 - nearest));
    double error = SURE * Math.sqrt((1 + r * r / 2) / (MOST_RANKED - 3));
    // Towards 0 the interval is the wider.
    return Math.abs(r) - StrictMath.tanh(z - error);
  }

  /** About how many bytes of memory it takes. */
  public int bytes() {
    return BYTES + differences.bytes() + (int) Math.min(pairs, MOST_RANKED) * BYTES_OF_ROW;
  }

  @Override
  public void merge(ShadowAgreement other) {
    compared += other.compared;
    disagreements += other.disagreements;
    pairs += other.pairs;
    differences.merge(other.differences);
    sample.merge(other.sample);
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    VarLong.write(compared, out);
    VarLong.write(disagreements, out);
    VarLong.write(pairs, out);
    differences.writeTo(out);
    sample.writeTo(out);
  }

  public static ShadowAgreement readFrom(DataInput in) throws IOException {
    ShadowAgreement agreement = new ShadowAgreement();
    agreement.compared = VarLong.read(in);
    agreement.disagreements = VarLong.read(in);
    agreement.pairs = VarLong.read(in);
    agreement.differences = DoubleSum.readFrom(in);
    agreement.sample = RowSample.readFrom(in);
    return agreement;
  }
}
