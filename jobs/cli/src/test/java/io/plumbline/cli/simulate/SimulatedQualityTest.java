package io.plumbline.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.cli.simulate.Played.Line;
import io.plumbline.events.Topic;
import io.plumbline.stats.quality.BinaryQuality;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How good the simulated model is, and what is known of that from labels. */
class SimulatedQualityTest {
  private static final Played CALM = calm(Duration.ofMinutes(10));

  /** So that all but one in a thousand of the labels of the first minutes are out. */
  private static final Played LONG = calm(Duration.ofMinutes(14));

  private static boolean isOld(Line line) {
    return line.time().isBefore(Played.START.plusSeconds(480));
  }

  private static Played calm(Duration length) {
    return Played.of(
        1, new Fault(Fault.Kind.none, Duration.ZERO, Fault.NO_FEATURE), Played.START, length);
  }

  private static Played broken(Fault.Kind kind) {
    return Played.of(
        1,
        new Fault(kind, Duration.ofMinutes(5), Fault.NO_FEATURE),
        Played.START,
        Duration.ofMinutes(10));
  }

  private static Map<String, Line> byId(Stream<Line> lines) {
    Map<String, Line> byId = new HashMap<>();
    lines.forEach(line -> assertThat(byId.put(line.key(), line)).isNull());
    return byId;
  }

  /** The labels of predictions that are old, by id, in their order. */
  private static Map<String, List<Line>> oldLabels() {
    Map<String, Line> predictions = byId(LONG.of("v3"));
    Map<String, List<Line>> labels = new LinkedHashMap<>();
    LONG.on(Topic.LABELS)
        .filter(line -> predictions.containsKey(line.key()))
        .filter(line -> isOld(predictions.get(line.key())))
        .forEach(
            line ->
                labels.merge(
                    line.key(),
                    List.of(line),
                    (some, more) -> Stream.concat(some.stream(), more.stream()).toList()));
    return labels;
  }

  @Test
  void scoresAreCalibratedAndTheShadowIsALittleBetter() {
    Labelled labelled = new Labelled(CALM);
    BinaryQuality champion = labelled.of("v3", line -> true);
    BinaryQuality shadow = labelled.of("v4", line -> true);
    assertThat(champion.scored()).isGreaterThan(10_000);
    assertThat(champion.rocAuc().value()).isBetween(0.78, 0.86);
    assertThat(shadow.rocAuc().value() - champion.rocAuc().value()).isBetween(0.003, 0.03);
    assertThat(champion.logLoss() / shadow.logLoss()).isBetween(1.01, 1.1);
    assertThat(champion.expectedCalibrationError()).isLessThan(0.05);
    assertThat(shadow.expectedCalibrationError()).isLessThan(0.03);
    double positives =
        (champion.confusion().truePositives() + champion.confusion().falseNegatives())
            / (double) champion.confusion().count();
    assertThat(positives).isBetween(0.15, 0.5);
  }

  @Test
  void championAndShadowAnswerTheSameRequests() {
    Map<String, Line> champion = byId(CALM.of("v3"));
    Map<String, Line> shadow = byId(CALM.of("v4"));
    assertThat(shadow.keySet()).hasSize(12_000).isEqualTo(champion.keySet());
    shadow.forEach(
        (id, line) -> {
          Line other = champion.get(id);
          assertThat(line.time()).isEqualTo(other.time());
          assertThat(line.json().get("features")).isEqualTo(other.json().get("features"));
          assertThat(line.json().get("role").asText()).isEqualTo("shadow");
          assertThat(other.json().get("role").asText()).isEqualTo("champion");
        });
  }

  @Test
  void someAnswersAreErrorsWithoutAScore() {
    for (String version : List.of("v3", "v4")) {
      List<Line> errors = CALM.of(version).filter(line -> line.json().has("error")).toList();
      assertThat(errors.size() / 12_000.0).isEqualTo(CreditModel.ERRORS, within(0.002));
      assertThat(errors)
          .allSatisfy(
              line -> {
                assertThat(line.json().has("score")).isFalse();
                assertThat(line.json().has("predicted_label")).isFalse();
                assertThat(line.json().get("latency_ms").asDouble())
                    .isEqualTo(CreditModel.TIMEOUT_MILLIS);
              });
    }
    assertThat(meanLatency("v4")).isGreaterThan(1.1 * meanLatency("v3"));
  }

  private static double meanLatency(String version) {
    return CALM.of(version)
        .mapToDouble(line -> line.json().get("latency_ms").asDouble())
        .average()
        .orElseThrow();
  }

  @Test
  void delaysHaveTheirMeanAndALongTail() {
    Map<String, Line> predictions = byId(LONG.of("v3"));
    Map<String, List<Line>> labels = oldLabels();
    assertThat(
            labels.size()
                / (double)
                    predictions.values().stream().filter(SimulatedQualityTest::isOld).count())
        .isEqualTo(1 - ComingLabels.NEVER, within(0.01));
    double[] seconds =
        labels.entrySet().stream()
            .mapToDouble(
                label ->
                    Duration.between(
                                predictions.get(label.getKey()).time(),
                                label.getValue().get(0).time())
                            .toMillis()
                        / 1e3)
            .sorted()
            .toArray();
    assertThat(Arrays.stream(seconds).average().orElseThrow()).isEqualTo(20, within(1.0));
    assertThat(seconds[seconds.length / 2]).isEqualTo(20 * 0.61, within(0.6));
    assertThat(seconds[seconds.length * 99 / 100]).isEqualTo(20 * 6.2, within(15.0));
    // The horizon of the config leaves a few that expire.
    assertThat(Arrays.stream(seconds).filter(s -> s > 200)).hasSizeBetween(5, 60);
  }

  @Test
  void someLabelsAreCorrectedAndSomeSentTwice() {
    Map<String, List<Line>> labels = oldLabels();
    int corrected = 0;
    int twice = 0;
    for (List<Line> ofId : labels.values()) {
      List<Line> distinct = List.copyOf(new LinkedHashSet<>(ofId));
      twice += ofId.size() - distinct.size();
      if (distinct.size() > 1) {
        corrected++;
        assertThat(distinct).hasSize(2);
        assertThat(distinct.get(1).time()).isAfter(distinct.get(0).time());
        assertThat(distinct.get(1).json().get("label").asBoolean())
            .isNotEqualTo(distinct.get(0).json().get("label").asBoolean());
      }
    }
    assertThat(corrected / (double) labels.size()).isEqualTo(ComingLabels.CORRECTED, within(0.005));
    assertThat(twice / (double) labels.size()).isEqualTo(ComingLabels.TWICE, within(0.004));
  }

  @Test
  void someLabelsHaveNoPrediction() {
    Map<String, Line> predictions = byId(LONG.of("v3"));
    long orphans =
        LONG.on(Topic.LABELS).filter(line -> !predictions.containsKey(line.key())).count();
    assertThat(orphans / (double) predictions.size())
        .isEqualTo(ComingLabels.ORPHANS, within(0.002));
  }

  @Test
  void theChampionGetsWorseAndTheShadowDoesNot() {
    Played played = broken(Fault.Kind.worse);
    Labelled labelled = new Labelled(played);
    Labelled calm = new Labelled(CALM);
    assertThat(labelled.of("v3", Played.before()).rocAuc())
        .isEqualTo(calm.of("v3", Played.before()).rocAuc());
    assertThat(labelled.of("v3", Played.after()).rocAuc().value())
        .isLessThan(calm.of("v3", Played.after()).rocAuc().value() - 0.05);
    assertThat(labelled.of("v3", Played.after()).expectedCalibrationError()).isGreaterThan(0.08);
    assertThat(played.of("v4").toList()).isEqualTo(CALM.of("v4").toList());
    assertThat(played.on(Topic.FEATURES).toList()).isEqualTo(CALM.on(Topic.FEATURES).toList());
  }

  @Test
  void labelsThatStopLeaveAllElse() {
    Played played = broken(Fault.Kind.unlabelled);
    assertThat(played.on(Topic.LABELS).filter(Played.before())).hasSizeGreaterThan(5000);
    assertThat(played.on(Topic.LABELS).filter(Played.after())).isEmpty();
    assertThat(played.lines.stream().filter(line -> line.topic() != Topic.LABELS).toList())
        .isEqualTo(CALM.lines.stream().filter(line -> line.topic() != Topic.LABELS).toList());
  }

  @Test
  void aSilentModelStillGetsItsLabels() {
    Played played = broken(Fault.Kind.silent);
    Map<String, Line> predictions = byId(played.of("v3"));
    assertThat(predictions).hasSize(6000);
    assertThat(played.on(Topic.PREDICTIONS).filter(Played.after())).isEmpty();
    assertThat(played.on(Topic.LABELS).filter(Played.after())).hasSizeGreaterThan(200);
    assertThat(played.on(Topic.FEATURES).toList()).isEqualTo(CALM.on(Topic.FEATURES).toList());
  }
}
