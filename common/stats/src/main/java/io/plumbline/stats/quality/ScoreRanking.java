package io.plumbline.stats.quality;

import io.plumbline.stats.Mergeable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How well scores put the positive class above the negative one: the areas under the ROC and the
 * precision-recall curve. Every score is kept while there are at most {@link #MOST_EXACT} labelled
 * predictions; beyond that they are counted in fixed {@link ScoreBins}, and the figures have a
 * bound, which is 0 still where no bin has different scores.
 *
 * <p>What is known of a window must not depend on the order in which it came. So there is a
 * contract: a prediction is taken out only to be added again with its new label, right after that
 * and in the same part, which may be another than the part that has added it. A window then has as
 * many labelled predictions as it ever had, and whether its scores are binned, and which bins have
 * different ones, follows from the predictions alone.
 */
public final class ScoreRanking implements Mergeable<ScoreRanking> {
  /** The most labelled predictions with which every score is kept. */
  public static final int MOST_EXACT = 2_000;

  /** So many of a bin's positives are summed one by one. */
  private static final int TERMS = 64;

  private ScoreCells cells = new ScoreCells(false);
  private long positives;
  private long negatives;

  /**
   * Adds a labelled prediction, {@code times} times; a negative number of times takes it out again.
   *
   * @param score 0 to 1
   */
  public void add(double score, boolean positive, long times) {
    if (positive) {
      positives += times;
      cells.add(score, times, 0);
    } else {
      negatives += times;
      cells.add(score, 0, times);
    }
    binWhereMany();
  }

  /**
   * A part with many corrections has more scores than predictions of its own; all are of labelled
   * predictions of the window.
   */
  private void binWhereMany() {
    if (!cells.binned() && (count() > MOST_EXACT || cells.size() > MOST_EXACT)) {
      cells = ScoreCells.merged(cells, new ScoreCells(false), true);
    }
  }

  public long positives() {
    return positives;
  }

  public long negatives() {
    return negatives;
  }

  /** Labelled predictions with a score. */
  public long count() {
    return positives + negatives;
  }

  /**
   * The area under the ROC curve: the share of the pairs of a positive and a negative in which the
   * positive has the greater score, ties counted half (Mann and Whitney, 1947; Hanley and McNeil,
   * Radiology 143, 1982). Of pairs within a bin of different scores any number may be right, so
   * half of these is the bound. Undefined without both classes.
   */
  public Estimate rocAuc() {
    if (positives <= 0 || negatives <= 0) {
      return Estimate.UNDEFINED;
    }
    double below = 0;
    double halves = 0;
    double unknown = 0;
    for (int i = 0; i < cells.size(); i++) {
      double p = cells.positives(i);
      double n = cells.negatives(i);
      halves += p * (2 * below + n);
      unknown += cells.several(i) ? p * n : 0;
      below += n;
    }
    double pairs = 2.0 * positives * negatives;
    return new Estimate(halves / pairs, unknown / pairs);
  }

  /**
   * The average precision, {@code sum (R(k) - R(k-1)) P(k)} over the distinct scores downwards, as
   * scikit-learn's {@code average_precision_score}: each positive has the precision down to its own
   * score. In a bin of different scores, with tp and fp above it, that is least where all negatives
   * stand before the positives, {@code (tp + i) / (tp + i + fp + n)} of the i-th, and greatest
   * where the positives stand first and are tied, {@code (tp + p) / (tp + p + fp)}; both can be, so
   * the bound cannot be less. Undefined without a positive.
   */
  public Estimate averagePrecision() {
    if (positives <= 0) {
      return Estimate.UNDEFINED;
    }
    double above = 0;
    double all = 0;
    double least = 0;
    double greatest = 0;
    for (int i = cells.size() - 1; i >= 0; i--) {
      double p = cells.positives(i);
      double n = cells.negatives(i);
      if (cells.several(i)) {
        least += sumOfLeast(cells.positives(i), above, all + n);
        greatest += p * Shares.of(above + p, all + p);
      } else {
        double tied = p * Shares.of(above + p, all + p + n);
        least += tied;
        greatest += tied;
      }
      above += p;
      all += p + n;
    }
    return Estimate.between(least / positives, greatest / positives);
  }

  /**
   * {@code sum (above + i) / (all + i)} for i from 1 to p, or a little less where there are many:
   * that is {@code 1 - (all - above) / (all + i)}, and 1/x lies above no more than its integral
   * from x - 1/2 to x + 1/2.
   */
  private static double sumOfLeast(long p, double above, double all) {
    double sum = 0;
    long summed = Math.min(p, TERMS);
    for (long i = 1; i <= summed; i++) {
      sum += (above + i) / (all + i);
    }
    double left = (double) p - summed;
    double from = all + summed + 0.5;
    return sum + left - (all - above) * StrictMath.log1p(left / from);
  }

  /** About how many bytes of memory it takes. */
  public int bytes() {
    return cells.bytes();
  }

  @Override
  public void merge(ScoreRanking other) {
    positives += other.positives;
    negatives += other.negatives;
    cells = ScoreCells.merged(cells, other.cells, cells.binned() || other.cells.binned());
    binWhereMany();
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    cells.writeTo(out);
  }

  public static ScoreRanking readFrom(DataInput in) throws IOException {
    ScoreRanking ranking = new ScoreRanking();
    ranking.cells = ScoreCells.readFrom(in);
    for (int i = 0; i < ranking.cells.size(); i++) {
      ranking.positives += ranking.cells.positives(i);
      ranking.negatives += ranking.cells.negatives(i);
    }
    return ranking;
  }
}
