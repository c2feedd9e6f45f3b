package io.plumbline.cli.simulate;

/** The logistic function. */
final class Logistic {
  private Logistic() {}

  static double probability(double logOdds) {
    return 1 / (1 + Math.exp(-logOdds));
  }
}
