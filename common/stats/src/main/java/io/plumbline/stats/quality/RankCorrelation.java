package io.plumbline.stats.quality;

import java.util.Arrays;

/** Spearman's correlation of ranks. */
public final class RankCorrelation {
  private RankCorrelation() {}

  /**
   * Pearson's correlation of the ranks, those of ties averaged, as {@code scipy.stats.spearmanr}.
   * Ranks are whole numbers when doubled, so all sums are exact up to three million pairs.
   *
   * @param y as long as {@code x}; both without NaN
   * @return NaN with fewer than two pairs or where one side is constant
   */
  public static double spearman(double[] x, double[] y) {
    long[] ofX = doubledRanks(x);
    long[] ofY = doubledRanks(y);
    long products = 0;
    long squaresOfX = 0;
    long squaresOfY = 0;
    for (int i = 0; i < ofX.length; i++) {
      products += ofX[i] * ofY[i];
      squaresOfX += ofX[i] * ofX[i];
      squaresOfY += ofY[i] * ofY[i];
    }
    return squaresOfX == 0 || squaresOfY == 0
        ? Double.NaN
        : products / Math.sqrt((double) squaresOfX * squaresOfY);
  }

  /** Twice the ranks, less their mean. */
  private static long[] doubledRanks(double[] values) {
    int size = values.length;
    double[] sorted = new double[size];
    for (int i = 0; i < size; i++) {
      sorted[i] = plain(values[i]);
    }
    Arrays.sort(sorted);
    long[] ranks = new long[size];
    for (int i = 0; i < size; i++) {
      double value = plain(values[i]);
      // Of those from first to end, without, the ranks are first + 1 to end.
      ranks[i] = (long) firstFrom(sorted, value, true) + firstFrom(sorted, value, false) - size;
    }
    return ranks;
  }

  /** Equal zeros sort as two numbers. */
  private static double plain(double value) {
    return value + 0.0;
  }

  /** The first place whose number is at least the value, or above it. */
  private static int firstFrom(double[] sorted, double value, boolean orEqual) {
    int from = 0;
    int to = sorted.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (sorted[middle] < value || (!orEqual && sorted[middle] == value)) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
