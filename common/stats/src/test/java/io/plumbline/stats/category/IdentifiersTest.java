package io.plumbline.stats.category;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.stats.numeric.NumericDomain;
import io.plumbline.stats.numeric.NumericSummary;
import io.plumbline.stats.numeric.RunningNumbers;
import java.nio.charset.StandardCharsets;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

/** What is taken for an identifier, and what only looks like one. */
class IdentifiersTest {
  private static final int EXACT = 1 << 20;

  private static CategoryCounts texts(int distinct, int again, int nulls) {
    CategoryCounts counts = new CategoryCounts();
    for (int i = 0; i < distinct; i++) {
      counts.add(("u" + i).getBytes(StandardCharsets.UTF_8), 1);
    }
    counts.add("u0".getBytes(StandardCharsets.UTF_8), again);
    counts.addNulls(nulls);
    return counts;
  }

  private static NumericSummary integers(int limit, int number, IntToLongFunction value) {
    NumericSummary summary = new NumericSummary(NumericDomain.integers(), limit);
    for (int i = 0; i < number; i++) {
      summary.addLong(value.applyAsLong(i));
    }
    return summary;
  }

  private static boolean numbered(int limit, int number, IntToLongFunction value) {
    return RunningNumbers.reason(integers(limit, number, value)).isPresent();
  }

  @Test
  void textsAreCountedByUsableCells() {
    assertThat(Identifiers.ofTexts(texts(1001, 0, 500)))
        .hasValue("an identifier: 1001 distinct values in 1501 reference rows");
    assertThat(Identifiers.ofTexts(texts(1000, 0, 0))).isEmpty();
    // One value in 1,500 rows.
    assertThat(Identifiers.ofTexts(texts(1, 0, 1499))).isEmpty();
    assertThat(Identifiers.ofTexts(texts(1000, 0, 500))).isEmpty();
    // 95 % of 2,000 are 1,900.
    assertThat(Identifiers.ofTexts(texts(1901, 99, 0))).isPresent();
    assertThat(Identifiers.ofTexts(texts(1900, 100, 0))).isEmpty();
  }

  @Test
  void integersAreThoseThatHardlyLeaveGapsAndNeverRepeat() {
    assertThat(numbered(EXACT, 1001, i -> i)).isTrue();
    assertThat(numbered(EXACT, 1000, i -> i)).isFalse();
    assertThat(numbered(EXACT, 1500, i -> Long.MAX_VALUE - i)).isTrue();
    assertThat(numbered(EXACT, 1500, i -> Long.MIN_VALUE + i)).isTrue();
    // From 0 to 2,998 is less than twice 1,500, from 0 to 3,000 is not.
    assertThat(numbered(EXACT, 1500, i -> 2L * i)).isTrue();
    assertThat(numbered(EXACT, 1500, i -> i == 1499 ? 3000 : 2L * i)).isFalse();
    assertThat(numbered(EXACT, 1500, i -> i * 1_000_003L)).isFalse();
    assertThat(numbered(EXACT, 1500, i -> i * (Long.MAX_VALUE / 750) - Long.MAX_VALUE)).isFalse();
    assertThat(numbered(EXACT, 1500, i -> Math.max(1, i))).isFalse();
  }

  @Test
  void integersInCellsCountAsDistinctAsLongAsTheyMayBe() {
    assertThat(numbered(64, 5000, i -> i)).isTrue();
    assertThat(numbered(64, 5000, i -> i % 4000)).isFalse();
    // Cells do not show that one of them repeats, but it can be known.
    NumericSummary once = integers(64, 5000, i -> i < 4999 ? i + i / 100 : 0);
    assertThat(RunningNumbers.reason(once)).isPresent();
    once.hideRepeats();
    assertThat(RunningNumbers.reason(once)).isEmpty();
  }

  @Test
  void aSideThatRepeatsNowAndThenMayBeNumberedToo() {
    assertThat(RunningNumbers.mayNumber(integers(EXACT, 0, i -> i))).isTrue();
    assertThat(RunningNumbers.mayNumber(integers(EXACT, 40, i -> Math.max(1, i)))).isTrue();
    assertThat(RunningNumbers.mayNumber(integers(64, 5000, i -> Math.max(1, i)))).isTrue();
    assertThat(RunningNumbers.mayNumber(integers(EXACT, 3000, i -> i % 1500))).isFalse();
    assertThat(RunningNumbers.mayNumber(integers(EXACT, 3000, i -> 7))).isFalse();
    assertThat(RunningNumbers.mayNumber(integers(64, 3000, i -> i % 1500))).isFalse();
  }

  @Test
  void integersThatAreTooWideForAKeyAreTheSame() {
    CategoryCounts wide = new CategoryCounts();
    for (int i = 0; i < 1500; i++) {
      wide.add(("1844674407370955" + (1000 + i)).getBytes(StandardCharsets.UTF_8), 1);
    }
    assertThat(Identifiers.ofIntegers(wide))
        .hasValue("an identifier: 1500 distinct integers with few gaps in 1500 reference rows");
    CategoryCounts gap = new CategoryCounts();
    gap.merge(wide);
    gap.add("5".getBytes(StandardCharsets.UTF_8), 1);
    assertThat(Identifiers.ofIntegers(gap)).isEmpty();
    wide.add("18446744073709551000".getBytes(StandardCharsets.UTF_8), 1);
    assertThat(Identifiers.ofIntegers(wide)).isEmpty();
    assertThat(Identifiers.ofIntegers(new CategoryCounts())).isEmpty();
  }
}
