package io.plumbline.stats.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every count within the limits has its p-value within the range. */
class NoiseGuardRangeTest {
  @Test
  void holdsThePValuesOfAllCountsWithinTheLimits() {
    Random random = new Random(7);
    int narrow = 0;
    for (int table = 0; table < 2000; table++) {
      int bins = 2 + random.nextInt(9);
      long[][] counts = new long[2][bins];
      long[][] moved = new long[2][];
      NoiseGuardRange.Side[] sides = new NoiseGuardRange.Side[2];
      for (int side = 0; side < 2; side++) {
        for (int bin = 0; bin < bins; bin++) {
          counts[side][bin] = random.nextInt(table % 2 == 0 ? 12 : 200);
        }
        counts[side][0]++;
        moved[side] = counts[side].clone();
        move(moved[side], random);
        sides[side] = limits(counts[side], moved[side]);
      }
      NoiseGuardRange range = NoiseGuardRange.of(sides[0], sides[1]);
      for (long[][] within : new long[][][] {counts, moved, {counts[0], moved[1]}}) {
        assertThat(NoiseGuard.numericPValue(within[0], within[1]))
            .isBetween(range.least() - 1e-12, range.greatest() + 1e-12);
      }
      narrow += range.equals(NoiseGuardRange.ANY) ? 0 : 1;
    }
    assertThat(narrow).isGreaterThan(500);
  }

  /** Over the cut between two neighbours, as a cell is that it divides. */
  private static void move(long[] counts, Random random) {
    int bin = random.nextInt(counts.length - 1);
    long over = counts[bin] == 0 ? 0 : random.nextInt((int) Math.min(8, counts[bin]) + 1);
    counts[bin] -= over;
    counts[bin + 1] += over;
  }

  private static NoiseGuardRange.Side limits(long[] counts, long[] moved) {
    long[] least = new long[counts.length];
    long[] greatest = new long[counts.length];
    Arrays.setAll(least, i -> Math.min(counts[i], moved[i]));
    Arrays.setAll(greatest, i -> Math.max(counts[i], moved[i]));
    return new NoiseGuardRange.Side(least, greatest, Arrays.stream(counts).sum());
  }

  @Test
  void ofCertainCountsIsThePValue() {
    long[] reference = {100, 0, 250, 3, 60};
    long[] current = {90, 1, 180, 2, 90};
    NoiseGuardRange range =
        NoiseGuardRange.of(limits(reference, reference), limits(current, current));
    double p = NoiseGuard.numericPValue(reference, current);
    assertThat(range.least()).isCloseTo(p, within(1e-12));
    assertThat(range.greatest()).isCloseTo(p, within(1e-12));
  }

  @Test
  void isAnyWhereTheLimitsLeaveOpenWhatIsMerged() {
    NoiseGuardRange range =
        NoiseGuardRange.of(
            limits(new long[] {3, 97}, new long[] {6, 94}),
            limits(new long[] {4, 96}, new long[] {4, 96}));
    assertThat(range).isEqualTo(NoiseGuardRange.ANY);
  }

  @Test
  void withoutValuesOnASideIsOne() {
    NoiseGuardRange.Side empty = limits(new long[2], new long[2]);
    NoiseGuardRange.Side some = limits(new long[] {9, 9}, new long[] {9, 9});
    assertThat(NoiseGuardRange.of(empty, some)).isEqualTo(new NoiseGuardRange(1, 1));
    assertThat(NoiseGuardRange.of(some, empty)).isEqualTo(new NoiseGuardRange(1, 1));
  }
}
