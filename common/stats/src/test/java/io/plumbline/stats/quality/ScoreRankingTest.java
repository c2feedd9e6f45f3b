package io.plumbline.stats.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Beyond the exact, the truth is within the bound, and the bound is small. */
class ScoreRankingTest {
  private static final double ROUNDING = 1e-12;

  /** How scores are spread. */
  enum Spread {
    EVEN,
    RARE,
    NEARLY_SURE,
    ROUNDED,
    MIDDLING;

    double of(double score) {
      return switch (this) {
        case EVEN -> score;
        case RARE -> Math.exp(-7 + 3 * (score - 1));
        case NEARLY_SURE -> 1 - Math.exp(-7 - 3 * score);
        case ROUNDED -> Math.round(score * 100) / 100.0;
        case MIDDLING -> 0.5 + (score - 0.5) / 5;
      };
    }
  }

  /** Labelled predictions, and the areas by the textbook: sorted, one by one. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Labelled(double[] scores, boolean[] positive) {
    static Labelled draw(int size, Spread spread, double share, long seed) {
      Random random = new Random(seed);
      double[] scores = new double[size];
      boolean[] positive = new boolean[size];
      for (int i = 0; i < size; i++) {
        positive[i] = random.nextDouble() < share;
        double logit = random.nextGaussian() + (positive[i] ? 1 : 0);
        scores[i] = spread.of(1 / (1 + Math.exp(-logit)));
      }
      return new Labelled(scores, positive);
    }

    ScoreRanking ranking() {
      ScoreRanking ranking = new ScoreRanking();
      for (int i = 0; i < scores.length; i++) {
        ranking.add(scores[i], positive[i], 1);
      }
      return ranking;
    }

    /** ROC AUC and average precision. */
    double[] areas() {
      double[] p = sorted(true);
      double[] n = sorted(false);
      int i = p.length;
      int j = n.length;
      double pairs = 0;
      double precisions = 0;
      while (i > 0 || j > 0) {
        double score = Math.max(i > 0 ? p[i - 1] : 0, j > 0 ? n[j - 1] : 0);
        int positivesAbove = p.length - i;
        int negativesAbove = n.length - j;
        while (i > 0 && p[i - 1] == score) {
          i--;
        }
        while (j > 0 && n[j - 1] == score) {
          j--;
        }
        double ofPositive = p.length - i - positivesAbove;
        double ofNegative = n.length - j - negativesAbove;
        pairs += ofNegative * (positivesAbove + ofPositive / 2);
        precisions += ofPositive * (p.length - i) / (p.length - i + n.length - j);
      }
      return new double[] {pairs / p.length / n.length, precisions / p.length};
    }

    private double[] sorted(boolean ofClass) {
      return IntStream.range(0, scores.length)
          .filter(i -> positive[i] == ofClass)
          .mapToDouble(i -> scores[i])
          .sorted()
          .toArray();
    }
  }

  private static ScoreRanking sent(ScoreRanking ranking) throws IOException {
    return ScoreRanking.readFrom(new DataInputStream(new ByteArrayInputStream(ranking.written())));
  }

  private static void assertWithin(Estimate estimate, double truth) {
    assertThat(estimate.value()).isCloseTo(truth, within(estimate.bound() + ROUNDING));
  }

  @ParameterizedTest
  @EnumSource(Spread.class)
  void theTruthIsWithinTheBoundAndTheBoundIsSmall(Spread spread) {
    for (int size : new int[] {2_001, 20_000, 1_000_000}) {
      for (double share : new double[] {0.002, 0.3}) {
        Labelled labelled = Labelled.draw(size, spread, share, size);
        double[] areas = labelled.areas();
        ScoreRanking ranking = labelled.ranking();
        assertThat(ranking.count()).isEqualTo(size);
        assertWithin(ranking.rocAuc(), areas[0]);
        assertWithin(ranking.averagePrecision(), areas[1]);
        assertThat(ranking.rocAuc().bound()).isLessThan(2.5e-3);
        assertThat(ranking.averagePrecision().bound()).isLessThan(share < 0.01 ? 0.01 : 2.5e-3);
        assertThat(ranking.bytes()).isLessThan(400_000);
      }
    }
  }

  @Test
  void roundedScoresAreExactHoweverManyThereAre() {
    Labelled labelled = Labelled.draw(50_000, Spread.ROUNDED, 0.3, 1);
    ScoreRanking ranking = labelled.ranking();
    assertThat(ranking.rocAuc().bound()).isZero();
    assertThat(ranking.averagePrecision().bound()).isZero();
    assertWithin(ranking.rocAuc(), labelled.areas()[0]);
    assertWithin(ranking.averagePrecision(), labelled.areas()[1]);
  }

  @Test
  void exactUpToTwoThousandAndInBinsFromThereOn() {
    Labelled labelled = Labelled.draw(ScoreRanking.MOST_EXACT, Spread.MIDDLING, 0.3, 2);
    ScoreRanking ranking = labelled.ranking();
    assertThat(ranking.rocAuc().bound()).isZero();
    assertThat(ranking.rocAuc().value()).isCloseTo(labelled.areas()[0], within(ROUNDING));
    ranking.add(0.5, true, 1);
    assertThat(ranking.rocAuc().bound()).isPositive();
  }

  /** Both orders of a bin can be, so a bound that is less would be wrong. */
  @Test
  void theBoundsAreReached() {
    Random random = new Random(4);
    double[] least = {1, 1};
    double[] greatest = {0, 0};
    ScoreRanking one = null;
    for (int turn = 0; turn < 2_000; turn++) {
      // Two positives and a negative somewhere in one bin, all others in bins of their own.
      double[] near = new double[3];
      for (int i = 0; i < 3; i++) {
        near[i] = 0.55 + random.nextInt(3) * 1e-9;
      }
      Labelled labelled =
          new Labelled(
              new double[] {0.7, 0.6, near[0], near[1], near[2], 0.1},
              new boolean[] {false, true, true, true, false, false});
      double[] areas = labelled.areas();
      for (int k = 0; k < 2; k++) {
        least[k] = Math.min(least[k], areas[k]);
        greatest[k] = Math.max(greatest[k], areas[k]);
      }
      if (Arrays.stream(near).distinct().count() > 1) {
        one = labelled.ranking();
      }
    }
    one.merge(many());
    one.merge(negated(many()));
    for (int k = 0; k < 2; k++) {
      Estimate estimate = k == 0 ? one.rocAuc() : one.averagePrecision();
      assertThat(estimate.value() - estimate.bound()).isCloseTo(least[k], within(ROUNDING));
      assertThat(estimate.value() + estimate.bound()).isCloseTo(greatest[k], within(ROUNDING));
    }
  }

  /** More than are kept exactly, far from everything else. */
  private static ScoreRanking many() {
    ScoreRanking many = new ScoreRanking();
    many.add(0.01, true, ScoreRanking.MOST_EXACT + 1);
    return many;
  }

  private static ScoreRanking negated(ScoreRanking many) {
    ScoreRanking negated = new ScoreRanking();
    negated.add(0.01, true, -many.count());
    return negated;
  }

  @Test
  void aPartOfNothingButCorrectionsDoesNotOverflowItsWindow() throws IOException {
    Labelled labelled = Labelled.draw(ScoreRanking.MOST_EXACT, Spread.EVEN, 0.3, 5);
    ScoreRanking window = labelled.ranking();
    ScoreRanking corrections = new ScoreRanking();
    for (int i = 0; i < labelled.scores.length; i++) {
      corrections.add(labelled.scores[i], labelled.positive[i], -1);
      corrections.add(labelled.scores[i], !labelled.positive[i], 1);
    }
    assertThat(corrections.count()).isZero();
    window.merge(sent(corrections));
    assertThat(window.rocAuc().bound()).isZero();
    assertThat(window.rocAuc().value()).isCloseTo(1 - labelled.areas()[0], within(ROUNDING));
  }

  @Test
  void manyPositivesInOneBinAreSummedInOneGo() {
    ScoreRanking ranking = new ScoreRanking();
    ranking.add(0.9, false, 1_000);
    ranking.add(0.55, true, 1_000_000_000);
    ranking.add(0.55 + 1e-9, false, 1_000_000_000);
    Estimate precision = ranking.averagePrecision();
    // Least: i / (i + 1e9 + 1e3) of the i-th, whose mean is 1 - ln 2 but for 1e-6.
    assertThat(precision.value() - precision.bound()).isCloseTo(1 - Math.log(2), within(1e-6));
    assertThat(precision.value() + precision.bound()).isCloseTo(1, within(1e-5));
    assertThat(ranking.rocAuc().bound()).isCloseTo(0.5, within(1e-5));
  }

  @Test
  void binsFollowTheOrderOfScores() {
    double[] scores = new double[200_000];
    Random random = new Random(6);
    for (int i = 0; i < scores.length; i++) {
      double distance = Math.scalb(random.nextDouble(), -random.nextInt(24));
      scores[i] = random.nextBoolean() ? distance : 1 - distance;
    }
    scores[0] = 0;
    scores[1] = 1;
    scores[2] = 0.5;
    scores[3] = Double.MIN_VALUE;
    for (int i = 4; i < 1000; i++) {
      scores[i] = scores[i % 4 == 0 ? i / 4 : i] >= 1 ? 1 : Math.nextUp(scores[i / 4]);
    }
    for (int edge = 1; edge < 30; edge++) {
      scores[1000 + 2 * edge] = Math.scalb(1.0, -edge);
      scores[1001 + 2 * edge] = Math.nextDown(Math.scalb(1.0, -edge));
      scores[2000 + 2 * edge] = 1 - Math.scalb(1.0, -edge);
      scores[2001 + 2 * edge] = Math.nextUp(1 - Math.scalb(1.0, -edge));
    }
    Arrays.sort(scores);
    int before = 0;
    for (double score : scores) {
      int bin = ScoreBins.of(score);
      assertThat(bin).as("of %s", score).isBetween(before, 11_778);
      before = bin;
    }
    assertThat(ScoreBins.of(0)).isZero();
    assertThat(before).isEqualTo(11_778);
  }
}
