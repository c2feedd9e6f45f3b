package io.plumbline.stats.moments;

/**
 * Sums of doubles and of their squares, for each exponent apart: there they are sums of integers of
 * 53 bits, of which a {@code long} takes a thousand before it has to be emptied. So a value costs
 * three additions, where an {@link ExactSum} needs twelve. The idea is the large superaccumulator
 * of R. M. Neal, "Fast exact summation using small and large superaccumulators" (2015); but of the
 * exponents only the range is there that the values reach: there may be a sum for each of ten
 * thousand segments.
 */
final class ByExponent {
  /** Of finite numbers. */
  private static final int GREATEST = (1 << 11) - 2;

  private static final int EXPONENT_MASK = (1 << 11) - 1;
  private static final long FRACTION = (1L << 52) - 1;
  private static final int HALF_BITS = 53;
  private static final long HALF = (1L << HALF_BITS) - 1;

  /** 2^10 times 2^53 is 2^63, which is one too many. */
  private static final int MOST_ADDITIONS = (1 << 10) - 1;

  /** Of an exponent there are four numbers: sum, both halves of the squares' sum, additions. */
  private static final int WORDS = 4;

  /** Exponents more on the side where some were missing: values vary. */
  private static final int SLACK = 8;

  /** Of an object, beside its words. */
  private static final int BYTES = 48;

  private final ExactSum sum;
  private final ExactSum squares;
  private long[] words = {};

  /** The exponent of the first words. */
  private int first;

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
      int exponent = (int) (bits >>> 52) & EXPONENT_MASK;
      long fraction = bits & FRACTION;
      long sign = bits >> 63;
      if (exponent == 0) {
        addDenormal(fraction, sign < 0);
        continue;
      }
      int at = WORDS * (exponent - first);
      if (at < 0 || at >= words.length) {
        reach(exponent);
        at = WORDS * (exponent - first);
      }
      long significand = fraction | (FRACTION + 1);
      words[at] += (significand ^ sign) - sign;
      long low = significand * significand;
      long high = Math.multiplyHigh(significand, significand);
      words[at + 1] += low & HALF;
      words[at + 2] += (high << (Long.SIZE - HALF_BITS)) | (low >>> HALF_BITS);
      if (++words[at + 3] == MOST_ADDITIONS) {
        empty(at);
      }
    }
  }

  /** Zeros, which would else be out of reach of other values, add nothing. */
  private void addDenormal(long fraction, boolean negative) {
    if (fraction != 0) {
      sum.add(0, fraction, 0, negative, 1);
      squares.add(Math.multiplyHigh(fraction, fraction), fraction * fraction, 0, false, 1);
    }
  }

  /** Sees to it that an exponent has words. */
  private void reach(int exponent) {
    boolean none = words.length == 0;
    int end = first + words.length / WORDS;
    int newFirst = none || exponent < first ? Math.max(1, exponent - SLACK) : first;
    int newEnd = none || exponent >= end ? Math.min(GREATEST, exponent + SLACK) + 1 : end;
    long[] more = new long[WORDS * (newEnd - newFirst)];
    System.arraycopy(words, 0, more, none ? 0 : WORDS * (first - newFirst), words.length);
    words = more;
    first = newFirst;
  }

  /** About how many bytes of memory it takes. */
  int bytes() {
    return BYTES + Long.BYTES * words.length;
  }

  /** Sees to it that all is in the sums. */
  void empty() {
    for (int at = 0; at < words.length; at += WORDS) {
      if (words[at + 3] > 0) {
        empty(at);
      }
    }
  }

  private void empty(int at) {
    int position = first + at / WORDS - 1;
    long total = words[at];
    sum.add(0, Math.abs(total), position, total < 0, 1);
    squares.add(0, words[at + 1], 2 * position, false, 1);
    squares.add(0, words[at + 2], 2 * position + HALF_BITS, false, 1);
    words[at] = 0;
    words[at + 1] = 0;
    words[at + 2] = 0;
    words[at + 3] = 0;
  }
}
