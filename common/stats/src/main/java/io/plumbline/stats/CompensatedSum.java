package io.plumbline.stats;

/**
 * Neumaier's compensated sum, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher
 * Summen", ZAMM 54 (1974): millions of terms keep all of their digits. It depends on their order by
 * the last digit, unlike the exact sums behind moments.
 */
public final class CompensatedSum {
  private double sum;
  private double lost;

  /** Adds a term of 0 or more. */
  public void add(double term) {
    double next = sum + term;
    lost += sum >= term ? (sum - next) + term : (term - next) + sum;
    sum = next;
  }

  public double value() {
    return sum + lost;
  }
}
