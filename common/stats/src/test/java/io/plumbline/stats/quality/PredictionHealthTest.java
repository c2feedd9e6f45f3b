package io.plumbline.stats.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is known without labels: parts of it, sent and merged, are the whole. */
class PredictionHealthTest {
  private static PredictionHealth sent(PredictionHealth health) throws IOException {
    return PredictionHealth.readFrom(
        new DataInputStream(new ByteArrayInputStream(health.written())));
  }

  private static ShadowAgreement sent(ShadowAgreement agreement) throws IOException {
    return ShadowAgreement.readFrom(
        new DataInputStream(new ByteArrayInputStream(agreement.written())));
  }

  private static String figures(PredictionHealth health) {
    var values = health.values().distribution();
    return List.of(
            health.rows(),
            health.errorRatio(),
            health.notFiniteRatio(),
            health.meanConfidence(),
            health.values().moments().mean(),
            health.values().moments().sampleStandardDeviation(),
            values.min(),
            values.max(),
            values.quantile(5, 100),
            values.quantile(99, 100),
            values.quantileBound(99, 100),
            health.latencies().interpolatedQuantile(0.95))
        .toString();
  }

  @Test
  void partsAreTheWhole() throws IOException {
    Random random = new Random(1);
    PredictionHealth whole = new PredictionHealth();
    List<PredictionHealth> parts = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      parts.add(new PredictionHealth());
    }
    double[] values = new double[20_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian() * 1000;
      double shown = i % 100 == 0 ? Double.NaN : i % 100 == 1 ? 1 / 0.0 : values[i];
      double confidence = random.nextDouble();
      long latency = random.nextInt(1_000_000);
      for (PredictionHealth health : List.of(whole, parts.get(random.nextInt(5)))) {
        health.addRow();
        health.addValue(shown);
        health.addConfidence(confidence);
        health.addLatency(latency);
        if (i % 50 == 0) {
          health.addError();
        }
      }
    }
    PredictionHealth merged = new PredictionHealth();
    for (PredictionHealth part : parts) {
      merged.merge(sent(part));
    }
    assertThat(figures(merged)).isEqualTo(figures(whole));
    assertThat(merged.rows()).isEqualTo(20_000);
    assertThat(merged.errorRatio()).isEqualTo(0.02);
    assertThat(merged.notFiniteRatio()).isEqualTo(0.02);
    assertThat(merged.confidenceCount()).isEqualTo(20_000);
    double[] finite = new double[19_600];
    for (int i = 0, at = 0; i < values.length; i++) {
      if (i % 100 > 1) {
        finite[at++] = values[i];
      }
    }
    Arrays.sort(finite);
    var distribution = merged.values().distribution();
    assertThat(distribution.min()).isEqualTo(finite[0]);
    assertThat(distribution.quantileBound(75, 100)).isPositive();
    assertThat(distribution.quantile(75, 100))
        .isCloseTo(finite[14_699], within(distribution.quantileBound(75, 100)));
  }

  @Test
  void whatTheyTakeInMemoryIsBounded() {
    PredictionHealth health = new PredictionHealth();
    ShadowAgreement agreement = new ShadowAgreement();
    assertThat(health.bytes()).isLessThan(1_500);
    int before = 0;
    for (int i = 0; i < 100_000; i++) {
      health.addValue(i / 1e5);
      health.addLatency(i);
      agreement.addValues(i, i, -i);
      if (i == 1_000) {
        before = health.bytes();
        assertThat(before).isBetween(8_000, 30_000);
        assertThat(agreement.bytes()).isBetween(64_000, 66_000);
      }
    }
    assertThat(health.bytes()).isBetween(before, 60_000);
    assertThat(agreement.bytes()).isBetween(128_000, 130_000);
  }

  @Test
  void valuesThatFewPredictionsHaveAreOfThese() {
    PredictionHealth health = new PredictionHealth();
    health.addRow();
    health.addRow();
    health.addError();
    health.addValue(Double.NaN);
    assertThat(health.errorRatio()).isEqualTo(0.5);
    assertThat(health.notFiniteRatio()).isEqualTo(1);
    assertThat(health.values().moments().mean()).isNaN();
    assertThat(health.latencies().interpolatedQuantile(0.5)).isNaN();
  }

  @Test
  void aShadowIsComparedInParts() throws IOException {
    Random random = new Random(2);
    ShadowAgreement whole = new ShadowAgreement();
    List<ShadowAgreement> parts = List.of(new ShadowAgreement(), new ShadowAgreement());
    for (int i = 0; i < 5_000; i++) {
      long hash = random.nextLong();
      double champion = random.nextGaussian();
      double shadow = champion + random.nextGaussian();
      for (ShadowAgreement agreement : List.of(whole, parts.get(random.nextInt(2)))) {
        agreement.addClasses(i % 4 == 0);
        agreement.addValues(hash, champion, shadow);
      }
    }
    ShadowAgreement merged = sent(parts.get(1));
    merged.merge(sent(parts.get(0)));
    assertThat(merged.disagreementRatio()).isEqualTo(0.75);
    assertThat(merged.compared()).isEqualTo(5_000);
    assertThat(merged.pairs()).isEqualTo(5_000);
    assertThat(merged.meanAbsoluteDifference()).isEqualTo(whole.meanAbsoluteDifference());
    assertThat(merged.rankCorrelation()).isEqualTo(whole.rankCorrelation());
    // Of normal variables with a correlation of 1 / sqrt(2).
    double truth = 6 / Math.PI * Math.asin(Math.sqrt(0.5) / 2);
    assertThat(merged.rankCorrelation().value())
        .isCloseTo(truth, within(merged.rankCorrelation().bound()));
  }

  @Test
  void aRankCorrelationOfAllIsExactAndOneOfASampleIsNot() {
    ShadowAgreement agreement = new ShadowAgreement();
    for (int i = 0; i < ShadowAgreement.MOST_RANKED; i++) {
      agreement.addValues(i, i, 2.0 * i);
    }
    assertThat(agreement.rankCorrelation()).isEqualTo(new Estimate(1, 0));
    agreement.addValues(-1, 0.5, 0.25);
    assertThat(agreement.rankCorrelation().value()).isEqualTo(1);
    assertThat(agreement.rankCorrelation().bound()).isBetween(1e-5, 1e-2);
  }

  @Test
  void aDifferenceBeyondTheRangeOfDoublesTakesNothingFromTheOthers() {
    ShadowAgreement agreement = new ShadowAgreement();
    for (int i = 0; i < 7; i++) {
      agreement.addValues(i, 1, 1.25);
    }
    agreement.addValues(7, Double.MAX_VALUE, -Double.MAX_VALUE);
    assertThat(agreement.meanAbsoluteDifference()).isEqualTo(Double.MAX_VALUE / 4);
  }

  @Test
  void labelledPredictionsAreComparedWithTheOthers() {
    SelectionGap gap = new SelectionGap();
    gap.addUnlabelled(0.25, 1);
    gap.addUnlabelled(0.5, 1);
    gap.addUnlabelled(0.5, 1);
    assertThat(gap.gap()).isNaN();
    gap.label(0.25);
    assertThat(gap.gap()).isEqualTo(-0.25);
    gap.label(0.5);
    assertThat(gap.gap()).isEqualTo(-0.125);
    assertThat(gap.labelled()).isEqualTo(2);
    assertThat(gap.unlabelled()).isEqualTo(1);
    gap.label(0.5);
    assertThat(gap.gap()).isNaN();
  }
}
