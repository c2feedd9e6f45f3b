package io.plumbline.stats.drift;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The kernel two-sample test of Gretton et al., "A Kernel Two-Sample Test", Journal of Machine
 * Learning Research 13 (2012), Lemma 6: the unbiased estimate of the squared maximum mean
 * discrepancy, with a Gaussian kernel {@code exp(-d^2 / (2 s^2))} whose width s is the median
 * distance of two points of the pooled sample, and a p-value by permutation.
 *
 * <p>If the median distance is 0, the kernel is 1 for equal points and 0 for others, its limit.
 */
public final class MaximumMeanDiscrepancy {
  /** Permutations behind the p-value, which is therefore at least one in a thousand. */
  public static final int PERMUTATIONS = 999;

  /** Sums of equal sets of kernel values differ by rounding alone when they are this near. */
  private static final double ROUNDING = 1e-12;

  private MaximumMeanDiscrepancy() {}

  /**
   * @param mmd2 may be a little below 0, as it is unbiased
   * @param pValue {@code (1 + permutations that reach mmd2) / 1000}
   */
  public record Result(double mmd2, double pValue) {}

  /**
   * Compares two samples of rows of one length; time grows with the square of their number.
   *
   * @param seed of the permutations: the same rows and seed give the same p-value
   * @throws IllegalArgumentException if a side has fewer than two rows, or rows differ in length
   */
  public static Result test(double[][] reference, double[][] current, long seed) {
    if (reference.length < 2 || current.length < 2) {
      throw new IllegalArgumentException("expected two rows a side at least");
    }
    double[][] rows = Arrays.copyOf(reference, reference.length + current.length);
    System.arraycopy(current, 0, rows, reference.length, current.length);
    double[][] kernel = kernel(squaredDistances(rows));
    double[] estimates = estimates(kernel, reference.length, seed);
    double observed = estimates[0];
    int reached = 0;
    for (int i = 1; i < estimates.length; i++) {
      if (estimates[i] >= observed - ROUNDING) {
        reached++;
      }
    }
    return new Result(observed, (1.0 + reached) / (1 + PERMUTATIONS));
  }

  /** Lower triangle; scaled so that no square overflows, which leaves the kernel as it is. */
  private static double[][] squaredDistances(double[][] rows) {
    double greatest = 0;
    for (double[] row : rows) {
      if (row.length != rows[0].length) {
        throw new IllegalArgumentException(
            "rows of length %s and %s".formatted(rows[0].length, row.length));
      }
      for (double value : row) {
        greatest = Math.max(greatest, Math.abs(value));
      }
    }
    double scale = greatest > 0x1p500 || (greatest > 0 && greatest < 0x1p-500) ? greatest : 1;
    double[][] squares = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      squares[i] = new double[i];
      for (int j = 0; j < i; j++) {
        double sum = 0;
        for (int k = 0; k < rows[i].length; k++) {
          double difference = rows[i][k] / scale - rows[j][k] / scale;
          sum += difference * difference;
        }
        squares[i][j] = sum;
      }
    }
    return squares;
  }

  private static double[][] kernel(double[][] squares) {
    double median = medianDistance(squares);
    double factor = -1 / (2 * median * median);
    for (double[] row : squares) {
      for (int j = 0; j < row.length; j++) {
        row[j] = median > 0 ? Math.exp(row[j] * factor) : row[j] == 0 ? 1 : 0;
      }
    }
    return squares;
  }

  private static double medianDistance(double[][] squares) {
    int pairs = squares.length * (squares.length - 1) / 2;
    double[] sorted = new double[pairs];
    int size = 0;
    for (double[] row : squares) {
      System.arraycopy(row, 0, sorted, size, row.length);
      size += row.length;
    }
    Arrays.sort(sorted);
    return (Math.sqrt(sorted[(pairs - 1) / 2]) + Math.sqrt(sorted[pairs / 2])) / 2;
  }

  /**
   * The estimate for the observed split (first) and each permuted one, in one pass over the kernel:
   * {@code member[i][p]} is 1 if row i is in the first group of permutation p.
   */
  private static double[] estimates(double[][] kernel, int first, long seed) {
    int rows = kernel.length;
    int splits = PERMUTATIONS + 1;
    double[][] member = members(rows, first, splits, seed);
    double[] within = new double[splits];
    double[] ofMembers = new double[splits];
    double[] neighbours = new double[splits];
    double[] rowSums = new double[rows];
    double all = 0;
    for (int i = 0; i < rows; i++) {
      Arrays.fill(neighbours, 0);
      for (int j = 0; j < i; j++) {
        double value = kernel[i][j];
        rowSums[i] += value;
        rowSums[j] += value;
        all += value;
        addScaled(neighbours, member[j], value);
      }
      for (int p = 0; p < splits; p++) {
        within[p] += neighbours[p] * member[i][p];
      }
    }
    for (int i = 0; i < rows; i++) {
      addScaled(ofMembers, member[i], rowSums[i]);
    }
    double n = first;
    double m = rows - first;
    double[] estimates = new double[splits];
    for (int p = 0; p < splits; p++) {
      double between = ofMembers[p] - 2 * within[p];
      double others = all - within[p] - between;
      estimates[p] =
          2 * within[p] / (n * (n - 1)) + 2 * others / (m * (m - 1)) - 2 * between / (n * m);
    }
    return estimates;
  }

  private static void addScaled(double[] sums, double[] values, double factor) {
    for (int p = 0; p < sums.length; p++) {
      sums[p] += factor * values[p];
    }
  }

  private static double[][] members(int rows, int first, int splits, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] member = new double[rows][splits];
    int[] order = new int[rows];
    Arrays.setAll(order, i -> i);
    for (int p = 0; p < splits; p++) {
      for (int i = 0; i < first; i++) {
        if (p > 0) {
          int other = i + random.nextInt(rows - i);
          int swapped = order[i];
          order[i] = order[other];
          order[other] = swapped;
        }
        member[order[i]][p] = 1;
      }
    }
    return member;
  }
}
