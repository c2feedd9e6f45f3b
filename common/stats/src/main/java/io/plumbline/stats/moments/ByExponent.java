package io.plumbline.stats.moments;

/**
 * Sums of doubles and of their squares, for each exponent apart: there they are sums of integers of
 * 53 bits, of which a {@code long} takes a thousand before it has to be emptied. So a value costs
 * three additions, where an {@link ExactSum} needs twelve. The idea is the large superaccumulator
 * of R. M. Neal, "Fast exact summation using small and large superaccumulators" (2015).
 */
final class ByExponent {
  private static final int EXPONENTS = 1 << 11;
  private static final long FRACTION = (1L << 52) - 1;
  private static final int HALF_BITS = 53;
  private static final long HALF = (1L << HALF_BITS) - 1;

  /** 2^10 times 2^53 is 2^63, which is one too many. */
  private static final int MOST_ADDITIONS = (1 << 10) - 1;

  private final long[] sums = new long[EXPONENTS];
  private final long[] squaresLow = new long[EXPONENTS];
  private final long[] squaresHigh = new long[EXPONENTS];
  private final int[] additions = new int[EXPONENTS];
  private final ExactSum sum;
  private final ExactSum squares;

  /** Those of the exponents that there were. */
  private int least = EXPONENTS;

  private int greatest;

  /**
   * @param sum of values and {@code squares} of them, in units of the least denormal: what is
   *     gathered here goes there
   */
  ByExponent(ExactSum sum, ExactSum squares) {
    this.sum = sum;
    this.squares = squares;
  }

  /** Adds finite values. */
  void addAll(double[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      long bits = Double.doubleToRawLongBits(values[i]);
      int exponent = (int) (bits >>> 52) & (EXPONENTS - 1);
      long fraction = bits & FRACTION;
      long significand = exponent == 0 ? fraction : fraction | (FRACTION + 1);
      long sign = bits >> 63;
      sums[exponent] += (significand ^ sign) - sign;
      long low = significand * significand;
      long high = Math.multiplyHigh(significand, significand);
      squaresLow[exponent] += low & HALF;
      squaresHigh[exponent] += (high << (Long.SIZE - HALF_BITS)) | (low >>> HALF_BITS);
      if (++additions[exponent] == MOST_ADDITIONS) {
        empty(exponent);
      }
      least = Math.min(least, exponent);
      greatest = Math.max(greatest, exponent);
    }
  }

  /** Sees to it that all is in the sums. */
  void empty() {
    for (int exponent = least; exponent <= greatest; exponent++) {
      if (additions[exponent] > 0) {
        empty(exponent);
      }
    }
    least = EXPONENTS;
    greatest = 0;
  }

  private void empty(int exponent) {
    int position = exponent == 0 ? 0 : exponent - 1;
    long total = sums[exponent];
    sum.add(0, Math.abs(total), position, total < 0, 1);
    squares.add(0, squaresLow[exponent], 2 * position, false, 1);
    squares.add(0, squaresHigh[exponent], 2 * position + HALF_BITS, false, 1);
    sums[exponent] = 0;
    squaresLow[exponent] = 0;
    squaresHigh[exponent] = 0;
    additions[exponent] = 0;
  }
}
