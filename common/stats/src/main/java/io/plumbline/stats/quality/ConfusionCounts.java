package io.plumbline.stats.quality;

import io.plumbline.stats.Mergeable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How often a binary model was right and wrong. What is undefined (0/0) is NaN, where scikit-learn
 * would put a number of the caller's choice.
 */
public final class ConfusionCounts implements Mergeable<ConfusionCounts> {
  private long truePositives;
  private long falsePositives;
  private long trueNegatives;
  private long falseNegatives;

  /**
   * Adds a labelled prediction, {@code times} times; a negative number of times takes it out again.
   */
  public void add(boolean predicted, boolean truth, long times) {
    if (predicted) {
      if (truth) {
        truePositives += times;
      } else {
        falsePositives += times;
      }
    } else if (truth) {
      falseNegatives += times;
    } else {
      trueNegatives += times;
    }
  }

  public long truePositives() {
    return truePositives;
  }

  public long falsePositives() {
    return falsePositives;
  }

  public long trueNegatives() {
    return trueNegatives;
  }

  public long falseNegatives() {
    return falseNegatives;
  }

  /** Labelled predictions. */
  public long count() {
    return truePositives + falsePositives + trueNegatives + falseNegatives;
  }

  /** {@code (tp + tn) / n}. */
  public double accuracy() {
    return Shares.of(truePositives + trueNegatives, count());
  }

  /** {@code tp / (tp + fp)}; undefined where nothing was predicted positive. */
  public double precision() {
    return Shares.of(truePositives, truePositives + falsePositives);
  }

  /** {@code tp / (tp + fn)}; undefined where nothing was positive. */
  public double recall() {
    return Shares.of(truePositives, truePositives + falseNegatives);
  }

  /** {@code 2 tp / (2 tp + fp + fn)}; undefined where nothing was or was predicted positive. */
  public double f1() {
    return Shares.of(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
  }

  @Override
  public void merge(ConfusionCounts other) {
    truePositives += other.truePositives;
    falsePositives += other.falsePositives;
    trueNegatives += other.trueNegatives;
    falseNegatives += other.falseNegatives;
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    VarLong.writeSigned(truePositives, out);
    VarLong.writeSigned(falsePositives, out);
    VarLong.writeSigned(trueNegatives, out);
    VarLong.writeSigned(falseNegatives, out);
  }

  public static ConfusionCounts readFrom(DataInput in) throws IOException {
    ConfusionCounts counts = new ConfusionCounts();
    counts.truePositives = VarLong.readSigned(in);
    counts.falsePositives = VarLong.readSigned(in);
    counts.trueNegatives = VarLong.readSigned(in);
    counts.falseNegatives = VarLong.readSigned(in);
    return counts;
  }
}
