package io.plumbline.stats.proportion;

import io.plumbline.stats.Oracle;
import org.junit.jupiter.api.Test;

class BinomialExcessTest {
  /** At a billion rows the two of us agree to fewer digits. */
  private static final double RELATIVE = 1e-6;

  @Test
  void theTailIsThatOfScipy() {
    Oracle.rows(BinomialExcessTest.class, "binomial.csv")
        .forEach(
            row ->
                Oracle.assertNear(
                    "%s of %s at %s".formatted(row[0], row[1], row[2]),
                    BinomialExcess.pValue((long) row[0], (long) row[1], row[2]),
                    row[3],
                    row[1] > 1e6 ? RELATIVE : 1e-9));
  }
}
