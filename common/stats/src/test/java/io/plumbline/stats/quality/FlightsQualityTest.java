package io.plumbline.stats.quality;

import static io.plumbline.stats.Oracle.assertNear;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.stats.quantile.LogLinearHistogram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A week of flights, of two versions, with late labels and corrections: every figure of every hour,
 * day and of all is scikit-learn's.
 */
class FlightsQualityTest {
  private static final double EXACT = 1e-12;
  private static List<Flight> flights;
  private static JsonNode oracle;

  /** A prediction of both versions, and its labels as they came: label and time in turn. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Flight(long ts, double first, double second, long[] labels) {
    double score(String version) {
      return version.equals("v1") ? first : second;
    }

    /**
     * Gives each label as it comes, and takes out the one before: the latest by its time counts.
     */
    void corrections(Correction each) {
      int last = -1;
      for (int i = 0; i < labels.length; i += 2) {
        if (last < 0 || labels[i + 1] > labels[last + 1]) {
          if (last >= 0) {
            each.count(labels[last], labels[last + 1], -1);
          }
          each.count(labels[i], labels[i + 1], 1);
          last = i;
        }
      }
    }
  }

  private interface Correction {
    void count(long label, long ts, long times);
  }

  /** What a job would keep of a window. */
  private static final class Tallies {
    private final BinaryQuality atHalf = new BinaryQuality();
    private final BinaryQuality atQuarter = new BinaryQuality();
    private final PredictionHealth health = new PredictionHealth();
    private final LogLinearHistogram delays = new LogLinearHistogram();

    void add(Flight flight, double score) {
      health.addRow();
      health.addValue(score);
      flight.corrections(
          (label, ts, times) -> {
            atHalf.add(score >= 0.5, label == 1, score, times);
            atQuarter.add(score >= 0.25, label == 1, score, times);
            delays.add(ts - flight.ts, times);
          });
    }
  }

  @BeforeAll
  static void read() throws IOException {
    oracle = Vectors.read("flights.json.gz");
    flights = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(FlightsQualityTest.class.getResourceAsStream("flights.csv.gz")),
                StandardCharsets.UTF_8))) {
      reader
          .lines()
          .skip(2)
          .map(line -> line.split(",", -1))
          .forEach(
              fields -> {
                long[] labels = new long[fields.length - 3];
                for (int i = 0; i < labels.length; i++) {
                  labels[i] = Long.parseLong(fields[3 + i]);
                }
                flights.add(
                    new Flight(
                        Long.parseLong(fields[0]),
                        Double.parseDouble(fields[1]),
                        Double.parseDouble(fields[2]),
                        labels));
              });
    }
  }

  @ParameterizedTest
  @CsvSource({"v1,hour,144", "v1,day,8", "v1,all,1", "v2,hour,144", "v2,day,8", "v2,all,1"})
  void everyFigureOfEveryWindowIsThatOfScikitLearn(String version, String size, int windows) {
    JsonNode expected = oracle.get("series").get("late-arrival/" + version).get(size);
    assertThat(expected).hasSize(windows);
    for (JsonNode window : expected) {
      assertWindow(tallies(version, window), window);
    }
  }

  private static Tallies tallies(String version, JsonNode window) {
    boolean all = !window.has("window_start");
    long start = all ? Long.MIN_VALUE : millis(window.get("window_start"));
    long end = all ? Long.MAX_VALUE : millis(window.get("window_end"));
    Tallies tallies = new Tallies();
    flights.stream()
        .filter(flight -> flight.ts >= start && flight.ts < end)
        .forEach(flight -> tallies.add(flight, flight.score(version)));
    return tallies;
  }

  private static long millis(JsonNode ts) {
    return Instant.parse(ts.textValue()).toEpochMilli();
  }

  private static void assertWindow(Tallies tallies, JsonNode window) {
    BinaryQuality quality = tallies.atHalf;
    assertThat(quality.scored()).isEqualTo(window.get("labelled").longValue());
    assertThat(tallies.health.rows()).isEqualTo(window.get("n").longValue());
    assertConfusion(quality.confusion(), window.get("threshold_0.5"));
    if (window.has("threshold_0.25")) {
      assertConfusion(tallies.atQuarter.confusion(), window.get("threshold_0.25"));
    }
    assertArea(quality.rocAuc(), window.get("roc_auc"), quality.scored());
    assertArea(quality.prAuc(), window.get("pr_auc"), quality.scored());
    assertFigure(quality.logLoss(), window.get("log_loss"));
    assertFigure(quality.brier(), window.get("brier"));
    assertFigure(quality.expectedCalibrationError(), window.get("ece10"));
    assertHealth(tallies.health, window);
    JsonNode delays = window.path("label_delay_seconds");
    for (int percent : new int[] {50, 95}) {
      double q = percent / 100.0;
      double truth = delays.get("p" + percent).doubleValue() * 1000;
      double bound = tallies.delays.interpolatedQuantileBound(q);
      assertThat(tallies.delays.interpolatedQuantile(q)).isCloseTo(truth, within(bound + 1e-3));
      assertThat(bound).isLessThan(truth / 60);
    }
  }

  private static void assertConfusion(ConfusionCounts confusion, JsonNode expected) {
    JsonNode counts = expected.get("confusion");
    assertThat(confusion.truePositives()).isEqualTo(counts.get("tp").longValue());
    assertThat(confusion.falsePositives()).isEqualTo(counts.get("fp").longValue());
    assertThat(confusion.trueNegatives()).isEqualTo(counts.get("tn").longValue());
    assertThat(confusion.falseNegatives()).isEqualTo(counts.get("fn").longValue());
    assertFigure(confusion.accuracy(), expected.get("accuracy"));
    assertFigure(confusion.precision(), expected.get("precision"));
    assertFigure(confusion.recall(), expected.get("recall"));
    assertFigure(confusion.f1(), expected.get("f1"));
  }

  private static void assertArea(Estimate area, JsonNode expected, long labelled) {
    if (labelled <= ScoreRanking.MOST_EXACT) {
      assertThat(area.bound()).isZero();
    }
    assertThat(area.bound()).isLessThan(1e-3);
    assertThat(area.value()).isCloseTo(Vectors.expected(expected), within(area.bound() + EXACT));
  }

  private static void assertHealth(PredictionHealth health, JsonNode window) {
    long n = health.rows();
    assertFigure(health.values().moments().mean(), window.get("score_mean"));
    if (n > 1) {
      assertThat(health.values().moments().sampleStandardDeviation())
          .isCloseTo(
              window.get("score_std_pop").doubleValue() * Math.sqrt(n / (n - 1.0)), within(EXACT));
    }
    var scores = health.values().distribution();
    assertFigure(scores.min(), window.get("score_min"));
    assertFigure(scores.max(), window.get("score_max"));
    for (int percent : new int[] {5, 25, 50, 75, 95, 99}) {
      double bound = scores.quantileBound(percent, 100);
      assertThat(scores.quantile(percent, 100))
          .isCloseTo(
              window.get("score_quantiles").get("p" + percent).doubleValue(),
              within(bound + EXACT));
      assertThat(bound).isLessThan(2e-3);
      assertThat(bound == 0 || n > 1_024).isTrue();
    }
  }

  @Test
  void bothVersionsAreComparedOnTheSameLabelledFlights() throws IOException {
    List<Flight> labelled = flights.stream().filter(flight -> flight.labels.length > 0).toList();
    try (var in = FlightsQualityTest.class.getResourceAsStream("flights_shadow.json")) {
      for (JsonNode expected : new ObjectMapper().readTree(in).get("first")) {
        assertCompared(labelled.subList(0, expected.get("labelled").intValue()), expected);
      }
    }
  }

  private static void assertCompared(List<Flight> labelled, JsonNode expected) {
    PairedHits hits = new PairedHits();
    PairedLosses losses = new PairedLosses();
    ShadowAgreement agreement = new ShadowAgreement();
    for (Flight flight : labelled) {
      agreement.addValues(flight.ts, flight.first, flight.second);
      flight.corrections(
          (label, ts, times) -> {
            boolean truth = label == 1;
            hits.add(flight.first >= 0.25 == truth, flight.second >= 0.25 == truth, times);
            losses.add(
                BinaryQuality.logLoss(truth, flight.first),
                BinaryQuality.logLoss(truth, flight.second),
                times);
          });
    }
    assertThat(hits.count()).isEqualTo(labelled.size());
    assertThat(hits.onlyChampion()).isEqualTo(expected.get("only_v1_right").longValue());
    assertThat(hits.onlyShadow()).isEqualTo(expected.get("only_v2_right").longValue());
    assertNear("mcnemar", hits.pValue(), expected.get("mcnemar").doubleValue(), 1e-9);
    assertThat(losses.count()).isEqualTo(labelled.size());
    assertFigure(losses.meanDifference(), expected.get("log_loss_difference"));
    assertNear("paired t", losses.pValue(), expected.get("paired_t").doubleValue(), 1e-9);
    assertFigure(agreement.rankCorrelation().value(), expected.get("spearman"));
    assertThat(agreement.rankCorrelation().bound()).isZero();
  }

  private static void assertFigure(double actual, JsonNode expected) {
    assertThat(actual).isCloseTo(Vectors.expected(expected), within(EXACT));
  }

  /** Half of all pairs within bins would be 0.0011 of the shadow's. */
  @Test
  void scoresOfThreeDigitsHaveNoBound() {
    BinaryQuality champion = new BinaryQuality();
    BinaryQuality shadow = new BinaryQuality();
    for (int i = 0; i < flights.size(); i++) {
      champion.add(true, i % 7 == 0, flights.get(i).first, 1);
      shadow.add(true, i % 7 == 0, flights.get(i).second, 1);
    }
    assertThat(champion.rocAuc().bound()).isPositive();
    assertThat(shadow.rocAuc().bound()).isZero();
    assertThat(shadow.prAuc().bound()).isZero();
  }

  @Test
  void theShadowAgreesAsItDoesByNumpy() {
    ShadowAgreement agreement = new ShadowAgreement();
    for (int i = 0; i < flights.size(); i++) {
      Flight flight = flights.get(i);
      agreement.addClasses(flight.first >= 0.5 == flight.second >= 0.5);
      agreement.addValues(i * 0x9E3779B97F4A7C15L, flight.first, flight.second);
    }
    JsonNode expected = oracle.get("shadow");
    assertFigure(agreement.disagreementRatio(), expected.get("disagreement_ratio_at_0.5"));
    assertFigure(agreement.meanAbsoluteDifference(), expected.get("mean_abs_difference"));
    double all =
        RankCorrelation.spearman(
            flights.stream().mapToDouble(Flight::first).toArray(),
            flights.stream().mapToDouble(Flight::second).toArray());
    Estimate sampled = agreement.rankCorrelation();
    assertThat(sampled.value()).isCloseTo(all, within(sampled.bound()));
    assertThat(sampled.bound()).isBetween(1e-6, 0.1);
  }
}
