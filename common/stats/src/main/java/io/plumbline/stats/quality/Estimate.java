package io.plumbline.stats.quality;

/**
 * A figure and how far it may be from the truth.
 *
 * @param value NaN where it is undefined
 * @param bound the greatest error of the method, 0 where the value is exact
 */
public record Estimate(double value, double bound) {
  static final Estimate UNDEFINED = new Estimate(Double.NaN, 0);

  /** The middle of an interval that has the truth in it. */
  static Estimate between(double least, double greatest) {
    double bound = (greatest - least) / 2;
    return new Estimate(least + bound, bound);
  }
}
