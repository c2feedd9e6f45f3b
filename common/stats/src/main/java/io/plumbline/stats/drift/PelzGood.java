package io.plumbline.stats.drift;

/**
 * The expansion of the one-sample Kolmogorov-Smirnov distribution in powers of {@code n^-1/2}: Pelz
 * and Good, "Approximating the Lower Tail-areas of the Kolmogorov-Smirnov One-sample Statistic",
 * Journal of the Royal Statistical Society B 38 (1976), in the form of Simard and L'Ecuyer (2011).
 */
final class PelzGood {
  private static final double PI2 = Math.PI * Math.PI;
  private static final double PI4 = PI2 * PI2;
  private static final double PI6 = PI4 * PI2;
  private static final int TERMS = 20;

  private PelzGood() {}

  static double cdf(double d, double n) {
    double z = Math.sqrt(n) * d;
    double z2 = z * z;
    double z4 = z2 * z2;
    double z6 = z4 * z2;
    double qlog = -PI2 / 8 / z2;
    double k0 = 0;
    double k1 = 0;
    double k2a = 0;
    double k2b = 0;
    double k3a = 0;
    double k3b = 0;
    for (int k = TERMS; k >= 0; k--) {
      double odd = (2.0 * k + 1) * (2.0 * k + 1);
      double qOdd = Math.exp(qlog * odd);
      double odd2 = odd * odd;
      double odd3 = odd2 * odd;
      k0 += qOdd;
      k1 += (PI2 / 4 * odd - z2) * qOdd;
      k2a +=
          (6 * z6 + 2 * z4 + PI2 * (2 * z4 - 5 * z2) / 4 * odd + PI4 * (1 - 2 * z2) / 16 * odd2)
              * qOdd;
      k3a +=
          (-30 * z6
                  - 90 * z6 * z2
                  + PI2 * (135 * z4 - 96 * z6) / 4 * odd
                  + PI4 * (212 * z4 - 60 * z2) / 16 * odd2
                  + PI6 * (5 - 30 * z2) / 64 * odd3)
              * qOdd;
    }
    for (int k = TERMS; k >= 1; k--) {
      double even = 4.0 * k * k;
      double qEven = Math.exp(qlog * even);
      k2b += PI2 * even / 4 * qEven;
      k3b += (-PI4 * even * even / 16 + 3 * PI2 * z2 * even / 4) * qEven;
    }
    double root = Math.sqrt(2 * Math.PI);
    double half = Math.sqrt(Math.PI / 2);
    double s0 = k0 * root / z;
    double s1 = k1 * half / (3 * z4);
    double s2 = k2a * half / (36 * z6 * z) - k2b * half / (18 * z2 * z);
    double s3 = k3a * half / (3240 * z6 * z4) + k3b * half / (108 * z6);
    double rootN = Math.sqrt(n);
    return Math.min(1, Math.max(0, s0 + (s1 + (s2 + s3 / rootN) / rootN) / rootN));
  }
}
