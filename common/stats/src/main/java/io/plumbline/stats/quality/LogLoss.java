package io.plumbline.stats.quality;

/** The loss of a probability: natural logarithm, clipped as scikit-learn's {@code log_loss} is. */
public final class LogLoss {
  /** The machine epsilon of doubles. */
  private static final double EPSILON = 0x1p-52;

  private LogLoss() {}

  /**
   * {@code -ln p}, with p clipped to [2.2e-16, 1 - 2.2e-16]. It is the same double on every
   * machine, so that what is added on one can be taken out on another.
   *
   * @param probability which the model gave to what turned out to be true, 0 to 1
   */
  public static double of(double probability) {
    return -StrictMath.log(Math.max(EPSILON, Math.min(1 - EPSILON, probability)));
  }
}
