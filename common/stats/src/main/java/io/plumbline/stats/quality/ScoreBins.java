package io.plumbline.stats.quality;

/**
 * Fixed bins of the scores from 0 to 1: 1/4096 wide from 1/16 to 15/16, and towards both ends 256
 * to each halving of the distance, down to 2^-20. So a model whose scores crowd at an end, as one
 * of rare fraud does, is told apart as well as another. There are at most 11,779.
 */
final class ScoreBins {
  private static final double FINEST = 0x1p-20;
  private static final double EVEN_FROM = 0x1p-4;
  private static final int EVEN = 1 << 12;

  /** Of a double's bits, those below the sign, the exponent and eight of the fraction. */
  private static final int SHIFT = 52 - 8;

  private static final int BELOW_FINEST = (int) (Double.doubleToRawLongBits(FINEST) >>> SHIFT) - 1;
  private static final int BELOW_EVEN =
      (int) (Double.doubleToRawLongBits(EVEN_FROM) >>> SHIFT)
          - BELOW_FINEST
          - (int) (EVEN_FROM * EVEN);
  private static final int MIDDLE = BELOW_EVEN + EVEN / 2;

  private ScoreBins() {}

  /** The bin of a score: the greater the score, the greater its bin or the same. */
  static int of(double score) {
    // 1 - score is exact from 1/2 on.
    return score <= 0.5 ? ofDistance(score) : 2 * MIDDLE - ofDistance(1 - score);
  }

  private static int ofDistance(double distance) {
    if (distance >= EVEN_FROM) {
      return BELOW_EVEN + (int) (distance * EVEN);
    }
    return distance < FINEST
        ? 0
        : (int) (Double.doubleToRawLongBits(distance) >>> SHIFT) - BELOW_FINEST;
  }
}
