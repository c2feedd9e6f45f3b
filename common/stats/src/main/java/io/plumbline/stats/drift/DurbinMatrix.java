package io.plumbline.stats.drift;

/**
 * The exact distribution function of the one-sample Kolmogorov-Smirnov statistic as the middle
 * element of the n-th power of a matrix: Durbin's recursion in the form of Marsaglia, Tsang and
 * Wang, "Evaluating Kolmogorov's Distribution", Journal of Statistical Software 8 (2003).
 *
 * <p>Good to about 1e-13 absolute; the matrix has {@code 2 n d} rows.
 */
final class DurbinMatrix {
  private static final double TOO_LARGE = 0x1p500;
  private static final int SCALED_DOWN = -500;

  private final int size;
  private double[] elements;
  private int exponent;

  private DurbinMatrix(int size, double[] elements, int exponent) {
    this.size = size;
    this.elements = elements;
    this.exponent = exponent;
  }

  static double cdf(double d, int n) {
    int k = (int) Math.ceil(n * d);
    double h = k - n * d;
    DurbinMatrix power = steps(2 * k - 1, h).power(n);
    double value = power.elements[(k - 1) * power.size + k - 1];
    int binary = power.exponent;
    for (int i = 1; i <= n; i++) {
      value = value * i / n;
      if (value < 0x1p-500) {
        value *= 0x1p500;
        binary -= 500;
      }
    }
    return Math.scalb(value, binary);
  }

  private static DurbinMatrix steps(int size, double h) {
    double[] a = new double[size * size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= Math.min(i + 1, size - 1); j++) {
        a[i * size + j] = 1;
      }
    }
    double power = 1;
    for (int i = 0; i < size; i++) {
      power *= h;
      a[i * size] -= power;
      a[(size - 1) * size + size - 1 - i] -= power;
    }
    double corner = 2 * h - 1;
    a[(size - 1) * size] += corner > 0 ? Math.pow(corner, size) : 0;
    for (int i = 0; i < size; i++) {
      double factorial = 1;
      for (int j = i; j >= 0; j--) {
        // Element (i, j) is divided by (i - j + 1)!.
        factorial *= i - j + 1;
        a[i * size + j] /= factorial;
      }
    }
    return new DurbinMatrix(size, a, 0);
  }

  private DurbinMatrix power(int n) {
    DurbinMatrix result = null;
    DurbinMatrix square = this;
    for (int rest = n; rest > 0; rest >>= 1) {
      if ((rest & 1) == 1) {
        result = result == null ? square : result.times(square);
      }
      if (rest > 1) {
        square = square.times(square);
      }
    }
    return result;
  }

  private DurbinMatrix times(DurbinMatrix other) {
    double[] product = new double[size * size];
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < size; k++) {
        double factor = elements[i * size + k];
        for (int j = 0; j < size; j++) {
          product[i * size + j] += factor * other.elements[k * size + j];
        }
      }
    }
    DurbinMatrix result = new DurbinMatrix(size, product, exponent + other.exponent);
    result.scaleDownIfLarge();
    return result;
  }

  private void scaleDownIfLarge() {
    if (elements[(size / 2) * size + size / 2] > TOO_LARGE) {
      for (int i = 0; i < elements.length; i++) {
        elements[i] = Math.scalb(elements[i], SCALED_DOWN);
      }
      exponent -= SCALED_DOWN;
    }
  }
}
