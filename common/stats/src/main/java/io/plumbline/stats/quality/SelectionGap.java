package io.plumbline.stats.quality;

import io.plumbline.stats.Mergeable;
import io.plumbline.stats.moments.DoubleSum;
import io.plumbline.stats.moments.Rounding;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;

/**
 * Whether the predictions that have a label are like those that have none: where they are not, the
 * quality measured on them is not the model's.
 */
public final class SelectionGap implements Mergeable<SelectionGap> {
  private static final int BYTES = 48;

  private DoubleSum labelledScores = new DoubleSum();
  private DoubleSum unlabelledScores = new DoubleSum();
  private long labelled;
  private long unlabelled;

  /**
   * Adds a prediction without a label, {@code times} times; a negative number of times takes it out
   * again.
   *
   * @param score or predicted value, finite
   */
  public void addUnlabelled(double score, long times) {
    unlabelled += times;
    unlabelledScores.add(score, times);
  }

  /** Adds a prediction with a label, as {@link #addUnlabelled} does one without. */
  public void addLabelled(double score, long times) {
    labelled += times;
    labelledScores.add(score, times);
  }

  /** Gives a label to a prediction that was added without. */
  public void label(double score) {
    addUnlabelled(score, -1);
    addLabelled(score, 1);
  }

  public long labelled() {
    return labelled;
  }

  public long unlabelled() {
    return unlabelled;
  }

  /**
   * The mean score of the labelled less that of the unlabelled, exact and rounded once; NaN where
   * one of them is not there.
   */
  public double gap() {
    if (labelled <= 0 || unlabelled <= 0) {
      return Double.NaN;
    }
    BigInteger with = BigInteger.valueOf(labelled);
    BigInteger without = BigInteger.valueOf(unlabelled);
    return Rounding.ratio(
        labelledScores.units().multiply(without).subtract(unlabelledScores.units().multiply(with)),
        with.multiply(without).multiply(DoubleSum.ONE));
  }

  /** About how many bytes of memory it takes. */
  public int bytes() {
    return BYTES + labelledScores.bytes() + unlabelledScores.bytes();
  }

  @Override
  public void merge(SelectionGap other) {
    labelled += other.labelled;
    unlabelled += other.unlabelled;
    labelledScores.merge(other.labelledScores);
    unlabelledScores.merge(other.unlabelledScores);
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    VarLong.writeSigned(labelled, out);
    VarLong.writeSigned(unlabelled, out);
    labelledScores.writeTo(out);
    unlabelledScores.writeTo(out);
  }

  public static SelectionGap readFrom(DataInput in) throws IOException {
    SelectionGap gap = new SelectionGap();
    gap.labelled = VarLong.readSigned(in);
    gap.unlabelled = VarLong.readSigned(in);
    gap.labelledScores = DoubleSum.readFrom(in);
    gap.unlabelledScores = DoubleSum.readFrom(in);
    return gap;
  }
}
