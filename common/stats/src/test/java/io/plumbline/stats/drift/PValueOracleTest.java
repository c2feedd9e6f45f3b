package io.plumbline.stats.drift;

import static io.plumbline.stats.Oracle.assertNear;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.stats.Oracle;
import io.plumbline.stats.multiple.BenjaminiHochberg;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PValueOracleTest {
  private static final double P = 1e-6;

  @Test
  void asymptoticKolmogorovSmirnovIsThatOfScipy() {
    Oracle.rows(PValueOracleTest.class, "kstwo.csv")
        .forEach(
            row ->
                assertNear(
                    "kstwo.sf(%s, %s)".formatted(row[1], row[0]),
                    OneSampleKolmogorov.survival(row[1], row[0]),
                    row[2],
                    P));
  }

  @Test
  void exactKolmogorovSmirnovIsThatOfScipy() {
    Oracle.rows(PValueOracleTest.class, "ks_exact.csv")
        .forEach(
            row ->
                assertNear(
                    "exact p of D=%s, n=%s, m=%s".formatted(row[2], row[0], row[1]),
                    KolmogorovSmirnov.exactPValue(row[2], (long) row[0], (long) row[1]),
                    row[3],
                    P));
  }

  @Test
  void disjointSamplesHaveTheChanceOfOneOrderOutOfAll() {
    // Two of the C(40, 20) orders keep the samples apart.
    assertNear("p", KolmogorovSmirnov.exactPValue(1, 20, 20), 2 / 137846528820.0, 1e-12);
  }

  @Test
  void exactPValueHasAllDigitsWhereOneMinusTheRestWouldHaveNone() {
    // Two of the C(600, 300) orders: python math.comb(600, 300) = 1.3510e179
    double p = KolmogorovSmirnov.exactPValue(1, 300, 300);
    assertThat(p).isBetween(1.4e-179, 1.5e-179);
  }

  @Test
  void roundsTheSizeOfTheOneSampleTestHalfToEven() {
    // 5 * 5 / 10 = 2.5 -> 2, as numpy.round
    assertThat(KolmogorovSmirnov.asymptoticPValue(0.6, 5, 5))
        .isEqualTo(OneSampleKolmogorov.survival(0.6, 2));
  }

  @Test
  void tailOfChiSquaredIsThatOfScipy() {
    Oracle.rows(PValueOracleTest.class, "chi2.csv")
        .forEach(
            row ->
                assertNear(
                    "chi2.sf(%s, %s)".formatted(row[1], row[0]),
                    ChiSquared.pValue(row[1], row[0]),
                    row[2],
                    P));
  }

  @Test
  void twoProportionsAreThoseOfScipy() {
    Oracle.rows(PValueOracleTest.class, "two_proportions.csv")
        .forEach(
            row ->
                assertNear(
                    "%s of %s against %s of %s".formatted(row[0], row[1], row[2], row[3]),
                    TwoProportions.pValue(
                        (long) row[0], (long) row[1], (long) row[2], (long) row[3]),
                    row[4],
                    P));
  }

  @Test
  void newCategoriesAreThoseOfMpmath() {
    Oracle.rows(PValueOracleTest.class, "new_categories.csv")
        .forEach(
            row -> {
              // The last is a category that neither side has.
              int known = (int) row[3] - 1;
              long[] reference = new long[known + 2];
              long[] current = new long[known + 2];
              Arrays.fill(reference, 0, known, 1);
              reference[0] = (long) row[0] - (known - 1);
              current[0] = (long) (row[1] - row[2]);
              current[known] = (long) row[2];
              assertNear(
                  "new category of %s, %s against %s".formatted(row[2], row[1], row[0]),
                  NewCategories.pValue(reference, current),
                  row[4],
                  1e-9);
            });
  }

  @Test
  void withoutANewCategoryOrAReferenceThereIsNothingToSay() {
    assertThat(NewCategories.pValue(new long[] {5, 3}, new long[] {0, 9})).isEqualTo(1);
    assertThat(NewCategories.pValue(new long[] {0, 0}, new long[] {4, 9})).isEqualTo(1);
    assertThat(NewCategories.pValue(new long[] {4, 9}, new long[] {0, 0})).isEqualTo(1);
    assertThat(NewCategories.pValue(new long[0], new long[0])).isEqualTo(1);
  }

  @Test
  void qValuesAreThoseOfScipyAndNanIsNoTest() {
    double[][] rows =
        Oracle.rows(PValueOracleTest.class, "benjamini_hochberg.csv").toArray(double[][]::new);
    double[] p = new double[rows.length + 1];
    for (int i = 0; i < rows.length; i++) {
      p[i] = rows[i][0];
    }
    p[rows.length] = Double.NaN;
    double[] q = BenjaminiHochberg.adjust(p);
    for (int i = 0; i < rows.length; i++) {
      assertNear("q of " + p[i], q[i], rows[i][1], 1e-12);
    }
    assertThat(q[rows.length]).isNaN();
  }
}
