package io.plumbline.runtime.result;

/**
 * A value, and what is known of how it was measured.
 *
 * @param count rows behind the value
 * @param bound the greatest error that the method allows, 0 where the value is exact
 * @param coverage the share of rows that the value could be computed from; null where it does not
 *     apply
 */
public record Measured(double value, long count, double bound, Double coverage) {
  /** An exact value. */
  public static Measured exact(double value, long count) {
    return new Measured(value, count, 0, null);
  }

  /** The same, off by at most {@code bound}. */
  public Measured within(double bound) {
    return new Measured(value, count, bound, coverage);
  }

  /** The same, computed from this share of the rows. */
  public Measured covering(double coverage) {
    return new Measured(value, count, bound, coverage);
  }
}
