package io.plumbline.onlinemetrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.events.Answer;
import io.plumbline.events.Label;
import io.plumbline.events.MetricPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A week of flights through the whole graph: the last state of every point is what scikit-learn and
 * scipy make of the same data, and neither order nor parallelism changes one.
 */
class FlightsPipelineTest {
  private static final double EXACT = 1e-9;
  private static final Duration DAY = Duration.ofDays(1);

  private static final String CONFIG =
      """
      features:
        - {name: origin, type: categorical, categories: [SEA, SFO, OAK]}
      models:
        - name: late-arrival
          task: binary
          threshold: %s
          features: [origin]
          segments: [{column: origin}]
      """;

  private static final String ALONE = "late-arrival\",model_version=\"v1\",window=\"%s\"";
  private static final String SHADOW =
      "late-arrival\",model_version=\"v2\",window=\"%s\",role=\"shadow\"";
  private static final String CHAMPION_OF_PAIR =
      "late-arrival\",model_version=\"v1\",window=\"%s\",against=\"v2\"";
  private static final String SHADOW_OF_PAIR =
      "late-arrival\",model_version=\"v2\",window=\"%s\",against=\"v1\",role=\"shadow\"";

  private static LastStates states;

  @BeforeAll
  static void run() throws Exception {
    List<Answer> answers = new ArrayList<>(Flights.answers());
    answers.sort((one, two) -> Long.compare(one.ts(), two.ts()));
    states = LastStates.of(CONFIG.formatted("0.5"), answers, Flights.labels(), 1, true);
  }

  private static MetricPoint point(String metric, String of, String window, Instant start) {
    String model = of.formatted(window);
    // The labels of a metric come in order of their names between the others.
    String series =
        switch (metric) {
          case "p50", "p95" ->
              "label_delay_seconds"
                  + series(model + ",quantile=\"" + (metric.equals("p50") ? "0.5" : "0.95"))
                      .replace(",role=\"shadow\",quantile=\"0.5", ",quantile=\"0.5\",role=\"shadow")
                      .replace(
                          ",role=\"shadow\",quantile=\"0.95", ",quantile=\"0.95\",role=\"shadow")
                  + "\"}";
          case "mcnemar", "paired_t" ->
              "shadow_p_value" + series(model + ",test=\"" + metric) + "\"}";
          default -> metric + series(model) + "}";
        };
    return states.point(series, start);
  }

  private static String series(String rest) {
    return "{job=\"online-metrics\",model=\"" + rest;
  }

  @ParameterizedTest
  @CsvSource({"v1,hour,1h,144", "v1,day,1d,8", "v2,hour,1h,144", "v2,day,1d,8"})
  void everyPointOfEveryWindowIsThatOfScikitLearn(
      String version, String size, String window, int windows) throws Exception {
    JsonNode expected = Flights.oracle().get("series").get("late-arrival/" + version).get(size);
    assertThat(expected).hasSize(windows);
    boolean isChampion = version.equals("v1");
    for (JsonNode node : expected) {
      Instant start = Instant.parse(node.get("window_start").textValue());
      String alone = isChampion ? ALONE : SHADOW;
      assertQuality(node, alone, window, start);
      assertQuality(node, isChampion ? CHAMPION_OF_PAIR : SHADOW_OF_PAIR, window, start);
      long n = node.get("n").longValue();
      MetricPoint coverage = point("label_coverage_ratio", alone, window, start);
      assertThat(coverage.value())
          .isCloseTo(node.get("label_coverage_ratio").doubleValue(), within(EXACT));
      assertThat(coverage.count()).isEqualTo(n);
      assertThat(point("labels_expired", alone, window, start).value()).isZero();
      for (String percent : List.of("p50", "p95")) {
        MetricPoint delay = point(percent, alone, window, start);
        assertThat(delay.value())
            .isCloseTo(
                node.get("label_delay_seconds").get(percent).doubleValue(),
                within(delay.bound() + EXACT));
        assertThat(delay.bound()).isLessThan(delay.value() / 60);
      }
    }
  }

  private static void assertQuality(JsonNode node, String of, String window, Instant start) {
    long labelled = node.get("labelled").longValue();
    JsonNode atHalf = node.get("threshold_0.5");
    JsonNode counts = atHalf.get("confusion");
    assertPoint("true_positives", counts.get("tp"), labelled, of, window, start);
    assertPoint("false_positives", counts.get("fp"), labelled, of, window, start);
    assertPoint("true_negatives", counts.get("tn"), labelled, of, window, start);
    assertPoint("false_negatives", counts.get("fn"), labelled, of, window, start);
    for (String metric : List.of("accuracy", "precision", "recall", "f1")) {
      assertPoint(metric, atHalf.get(metric), labelled, of, window, start);
    }
    for (String metric : List.of("roc_auc", "pr_auc", "log_loss", "brier")) {
      assertPoint(metric, node.get(metric), labelled, of, window, start);
    }
    assertPoint("ece", node.get("ece10"), labelled, of, window, start);
    MetricPoint accuracy = point("accuracy", of, window, start);
    assertThat(accuracy.coverage())
        .isCloseTo(node.get("label_coverage_ratio").doubleValue(), within(EXACT));
    assertThat(accuracy.isFinal()).isTrue();
  }

  private static void assertPoint(
      String metric, JsonNode expected, long labelled, String of, String window, Instant start) {
    MetricPoint point = point(metric, of, window, start);
    if (expected.isNull()) {
      assertThat(point).as("%s of %s at %s", metric, of, start).isNull();
      return;
    }
    assertThat(point).as("%s of %s at %s", metric, of, start).isNotNull();
    assertThat(point.value()).as(point.series()).isCloseTo(expected.doubleValue(), within(EXACT));
    assertThat(point.count()).isEqualTo(labelled);
    assertThat(point.bound()).isZero();
  }

  @Test
  void bothVersionsAreComparedAsScipyDoes() throws Exception {
    JsonNode days = Flights.pairs();
    assertThat(days).hasSize(8);
    for (Map.Entry<String, JsonNode> day : days.properties()) {
      Instant start = Instant.parse(day.getKey() + "T00:00:00Z");
      JsonNode expected = day.getValue();
      for (String metric :
          List.of(
              "shadow_disagreement_ratio",
              "shadow_mean_abs_difference",
              "shadow_rank_correlation")) {
        MetricPoint point = point(metric, SHADOW_OF_PAIR, "1d", start);
        assertThat(point.value()).isCloseTo(expected.get(metric).doubleValue(), within(EXACT));
        assertThat(point.count()).isEqualTo(expected.get("pairs").longValue());
        assertThat(point.bound()).isZero();
      }
      for (String test : List.of("mcnemar", "paired_t")) {
        MetricPoint point = point(test, SHADOW_OF_PAIR, "1d", start);
        double p = expected.get(test).doubleValue();
        assertThat(point.value()).isCloseTo(p, within(EXACT * p));
        assertThat(point.count()).isEqualTo(expected.get("labelled").longValue());
      }
    }
  }

  @Test
  void theDaysTogetherDisagreeAsTheWholeWeekDoes() throws Exception {
    JsonNode week = Flights.oracle().get("shadow");
    double disagreements = 0;
    double differences = 0;
    double pairs = 0;
    for (String day : days()) {
      Instant start = Instant.parse(day + "T00:00:00Z");
      MetricPoint ratio = point("shadow_disagreement_ratio", SHADOW_OF_PAIR, "1d", start);
      MetricPoint mean = point("shadow_mean_abs_difference", SHADOW_OF_PAIR, "1d", start);
      disagreements += ratio.value() * ratio.count();
      differences += mean.value() * mean.count();
      pairs += ratio.count();
    }
    assertThat(disagreements / pairs)
        .isCloseTo(week.get("disagreement_ratio_at_0.5").doubleValue(), within(EXACT));
    assertThat(differences / pairs)
        .isCloseTo(week.get("mean_abs_difference").doubleValue(), within(EXACT));
  }

  private static List<String> days() throws Exception {
    List<String> days = new ArrayList<>();
    Flights.pairs().fieldNames().forEachRemaining(days::add);
    return days;
  }

  @Test
  void segmentsTogetherAreTheWhole() {
    double whole = 0;
    double segments = 0;
    for (MetricPoint point : states.points()) {
      if (point.metric().equals("true_negatives")
          && point.labels().isEmpty()
          && Duration.between(point.windowStart(), point.windowEnd()).equals(DAY)) {
        if (point.segment().isEmpty()) {
          whole += point.value();
        } else {
          assertThat(point.segment())
              .isIn("origin=SEA", "origin=SFO", "origin=OAK", "origin=__other__");
          segments += point.value();
        }
      }
    }
    assertThat(whole).isEqualTo(6055);
    assertThat(segments).isEqualTo(whole);
  }

  @Test
  void neitherOrderNorParallelismChangesALastState() throws Exception {
    Random random = new Random(7);
    List<Answer> answers = new ArrayList<>(Flights.answers());
    List<Label> labels = new ArrayList<>(Flights.labels());
    Collections.shuffle(answers, random);
    Collections.shuffle(labels, random);
    Map<String, String> shuffled =
        LastStates.of(CONFIG.formatted("0.5"), answers, labels, 2, false).texts();
    Map<String, String> ordered = new TreeMap<>(states.texts());
    // What was made and taken back again depends on what was known when.
    ordered.values().removeIf(state -> state.startsWith("null"));
    shuffled.values().removeIf(state -> state.startsWith("null"));
    assertThat(ordered).hasSizeGreaterThan(10_000);
    assertThat(shuffled.keySet()).isEqualTo(ordered.keySet());
    ordered.forEach((point, state) -> assertThat(shuffled.get(point)).as(point).isEqualTo(state));
  }

  @Test
  void theThresholdSaysWhichClassIsPredicted() throws Exception {
    LastStates atQuarter =
        LastStates.of(CONFIG.formatted("0.25"), Flights.answers(), Flights.labels(), 2, false);
    for (JsonNode node : Flights.oracle().get("series").get("late-arrival/v1").get("day")) {
      Instant start = Instant.parse(node.get("window_start").textValue());
      for (String metric : List.of("accuracy", "precision", "recall", "f1")) {
        MetricPoint point = atQuarter.point(metric + series(ALONE.formatted("1d")) + "}", start);
        JsonNode expected = node.get("threshold_0.25").get(metric);
        assertThat(point.value()).isCloseTo(expected.doubleValue(), within(EXACT));
      }
    }
  }
}
