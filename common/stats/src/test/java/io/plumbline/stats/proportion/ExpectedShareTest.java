package io.plumbline.stats.proportion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.stats.Oracle;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ExpectedShareTest {
  private static final long[] TIMES = {1, 2, 3, 4, 100};

  @Test
  void whatASampleOfCategoriesHasNotSeenIsThatOfTheScript() {
    Oracle.rows(ExpectedShareTest.class, "unseen.csv")
        .forEach(
            row -> {
              long[] counts =
                  IntStream.iterate(TIMES.length - 1, i -> i >= 0, i -> i - 1)
                      .boxed()
                      .flatMapToLong(i -> LongStream.generate(() -> TIMES[i]).limit((long) row[i]))
                      .toArray();
              ExpectedShare share = ExpectedShare.ofUnseen(counts, (int) row[5]);
              String what = Arrays.toString(row);
              Oracle.assertNear(what, share.alpha(), row[6], 1e-9);
              Oracle.assertNear(what, share.beta(), row[7], 1e-9);
            });
  }

  @Test
  void theNextValueLeavesTheRangeOfNineHundredNinetyNineInTwoOfAThousand() {
    assertThat(ExpectedShare.outsideOfRange(999).pValue(1, 1)).isCloseTo(0.002, within(1e-15));
  }

  @Test
  void aSampleOfOneOrNoneProvesNothing() {
    assertThat(ExpectedShare.outsideOfRange(0).pValue(30, 30)).isGreaterThan(0.001);
    assertThat(ExpectedShare.outsideOfRange(1).pValue(30, 30)).isGreaterThan(0.001);
    assertThat(ExpectedShare.ofUnseen(new long[0], 0).pValue(30, 30)).isGreaterThan(0.001);
  }

  @Test
  void oneNewCategoryAmongMillionsIsNoProofWhereNoCategoryStoodOnce() {
    ExpectedShare share = ExpectedShare.ofUnseen(new long[] {500, 500}, 2);
    assertThat(share.pValue(1, 10_000)).isGreaterThan(0.001);
    assertThat(share.pValue(1000, 10_000)).isLessThan(0.001);
  }

  @Test
  void whereSomebodyHasSaidWhatIsRightTheFirstIsOneTooMany() {
    assertThat(ExpectedShare.NONE.pValue(1, 1_000_000)).isZero();
    assertThat(ExpectedShare.NONE.pValue(0, 1_000_000)).isEqualTo(1);
  }

  @Test
  void calmWindowsOfTenTimesTheSampleSeldomSeemOutOfRange() {
    SplittableRandom random = new SplittableRandom(20261128);
    int windows = 4000;
    int fired = 0;
    for (int i = 0; i < windows; i++) {
      double least = 1;
      double greatest = 0;
      for (int j = 0; j < 100; j++) {
        double value = random.nextDouble();
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
      }
      long outside = 0;
      for (int j = 0; j < 1000; j++) {
        double value = random.nextDouble();
        outside += value < least || value > greatest ? 1 : 0;
      }
      fired += ExpectedShare.outsideOfRange(100).pValue(outside, 1000) < 0.001 ? 1 : 0;
    }
    // 4 are to be expected, and more than 12 once in 3,000 times; by the binomial 500.
    assertThat(fired).isBetween(0, 12);
  }
}
