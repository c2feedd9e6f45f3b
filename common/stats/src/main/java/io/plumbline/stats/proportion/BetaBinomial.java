package io.plumbline.stats.proportion;

import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * How likely so many are by chance, where each draw is one with a probability that is itself known
 * only from a sample: a beta distribution has it.
 */
public final class BetaBinomial {
  /** Terms that are smaller by this than the greatest change no digit of the sum. */
  private static final double NEGLIGIBLE = 1e-20;

  private BetaBinomial() {}

  /**
   * The probability of {@code found} or more of {@code draws}: that a variable with the
   * distribution Beta({@code found}, {@code draws} - {@code found} + 1), below which a binomial
   * reaches {@code found}, is less than one with Beta({@code alpha}, {@code beta}). It is
   * integrated over the log-odds by the trapezoidal rule, whose error falls exponentially there
   * (Trefethen and Weideman, SIAM Review 56, 2014): to 1e-10 of itself, however many draws there
   * are.
   *
   * @param found 0 to {@code draws}
   * @param alpha above 0
   * @param beta above 0
   */
  public static double upperTail(long found, long draws, double alpha, double beta) {
    if (found == 0) {
      return 1;
    }
    double a = found;
    double b = (double) draws - found + 1;
    double mode = Math.log(a / b);
    // Of the deviation of what is summed: the rule misses its frequencies above 2 pi / step.
    double step = Math.min(1, Math.sqrt(1 / a + 1 / (b + beta))) / 4;
    double weights = 0;
    double sum = 0;
    for (int direction = -1; direction <= 1; direction += 2) {
      double weight = 1;
      double most = 1;
      // To the left the survival function rises, to 1 at most, while the weight falls.
      for (int i = direction < 0 ? 0 : 1; weight > NEGLIGIBLE || most > NEGLIGIBLE * sum; i++) {
        double logOdds = mode + direction * i * step;
        weight = weight(logOdds, mode, a, b);
        double term = weight * survival(logOdds, alpha, beta);
        weights += weight;
        sum += term;
        most = direction < 0 ? weight : term;
      }
    }
    return Math.min(1, sum / weights);
  }

  /** The density of the first variable's log-odds, over that at their mode. */
  private static double weight(double logOdds, double mode, double a, double b) {
    double distance = logOdds - mode;
    // Of the share and of its complement the smaller keeps its digits.
    if (mode > 0) {
      double share = Math.log1p(Math.exp(-mode)) - Math.log1p(Math.exp(-logOdds));
      return Math.exp(a * share + b * (share - distance));
    }
    double complement = Math.log1p(Math.exp(mode)) - Math.log1p(Math.exp(logOdds));
    return Math.exp(a * (complement + distance) + b * complement);
  }

  private static double survival(double logOdds, double alpha, double beta) {
    return logOdds < 0
        ? RegularizedBeta.complement(1 / (1 + Math.exp(-logOdds)), alpha, beta)
        : RegularizedBeta.value(1 / (1 + Math.exp(logOdds)), beta, alpha);
  }
}
