package io.plumbline.stats.sample;

/**
 * Gives columns of different units the same weight: each less its mean, divided by its population
 * standard deviation, both of the sample that it is made from. A constant column is only shifted.
 */
public final class Standardisation {
  private final double[] mean;
  private final double[] deviation;

  private Standardisation(double[] mean, double[] deviation) {
    this.mean = mean;
    this.deviation = deviation;
  }

  /**
   * @param rows each of {@code columns} finite values
   */
  public static Standardisation of(double[][] rows, int columns) {
    double[] mean = new double[columns];
    double[] deviation = new double[columns];
    for (int k = 0; k < columns; k++) {
      for (double[] row : rows) {
        mean[k] += row[k] / rows.length;
      }
      double squares = 0;
      for (double[] row : rows) {
        double difference = row[k] - mean[k];
        squares += difference * difference / rows.length;
      }
      deviation[k] = squares > 0 && squares < Double.POSITIVE_INFINITY ? Math.sqrt(squares) : 1;
    }
    return new Standardisation(mean, deviation);
  }

  /** New rows; those given are left as they are. */
  public double[][] apply(double[][] rows) {
    double[][] standardised = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      standardised[i] = new double[mean.length];
      for (int k = 0; k < mean.length; k++) {
        standardised[i][k] = (rows[i][k] - mean[k]) / deviation[k];
      }
    }
    return standardised;
  }
}
