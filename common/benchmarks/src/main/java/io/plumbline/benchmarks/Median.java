package io.plumbline.benchmarks;

import java.util.Arrays;

/** The value in the middle of several turns. */
public final class Median {
  private Median() {}

  /** The mean of the two in the middle where there is no one. */
  public static double of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int size = sorted.length;
    return (sorted[(size - 1) / 2] + sorted[size / 2]) / 2;
  }

  /** That of the ratios of each turn. */
  public static double ofRatios(double[] values, double[] to) {
    double[] ratios = new double[values.length];
    for (int turn = 0; turn < ratios.length; turn++) {
      ratios[turn] = values[turn] / to[turn];
    }
    return of(ratios);
  }
}
