package io.plumbline.stats.proportion;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.stats.Oracle;
import org.junit.jupiter.api.Test;

class BetaBinomialTest {
  @Test
  void theTailIsThatOfSixtyDigits() {
    Oracle.rows(BetaBinomialTest.class, "beta_binomial.csv")
        .forEach(
            row ->
                Oracle.assertNear(
                    "%s of %s at Beta(%s, %s)".formatted(row[0], row[1], row[2], row[3]),
                    BetaBinomial.upperTail((long) row[0], (long) row[1], row[2], row[3]),
                    row[4],
                    // Of a power of a billion eight digits are left.
                    row[1] > 1e6 || row[3] > 1e6 ? 1e-7 : 1e-10));
  }

  @Test
  void noneOfNoDrawsIsCertain() {
    assertThat(BetaBinomial.upperTail(0, 0, 2, 9)).isEqualTo(1);
  }
}
