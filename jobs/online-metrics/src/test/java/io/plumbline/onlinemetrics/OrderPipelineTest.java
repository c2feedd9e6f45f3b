package io.plumbline.onlinemetrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.Answer;
import io.plumbline.events.Label;
import io.plumbline.events.Prediction.Role;
import io.plumbline.events.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Models of every task with shadows, errors, corrections, duplicates and labels that are months
 * late: neither order nor parallelism changes a last state.
 */
class OrderPipelineTest {
  private static final long NOON = Instant.parse("2026-11-26T12:00:00Z").toEpochMilli();
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();

  private static final String CONFIG =
      """
      features:
        - {name: country, type: categorical, categories: [DE, FR]}
      models:
        - {name: credit, task: binary, label_horizon: 2d, features: [country], segments: [{column: country}]}
        - {name: topic, task: multiclass, label_horizon: 90d, windows: [1h, 6h]}
        - {name: price, task: regression, windows: [30m]}
      """;

  private static long time(int number) {
    return NOON + number * 100_003L % (4 * HOUR);
  }

  private static Answer answer(String model, int number, boolean isShadow, Random random) {
    boolean isError = random.nextInt(20) == 0;
    double score = random.nextDouble();
    boolean isBinary = model.equals("credit");
    boolean isMulticlass = model.equals("topic");
    return new Answer(
        model + number,
        model,
        isShadow ? "v2" : "v1",
        isShadow ? Role.SHADOW : Role.CHAMPION,
        time(number),
        null,
        isBinary && !isError ? score : null,
        isMulticlass && !isError ? Map.of("a", score, "b", 1 - score) : null,
        model.equals("price") && !isError ? random.nextGaussian() * 1e3 : null,
        random.nextInt(50) == 0 ? "a" : null,
        null,
        Map.of("country", Segment.of("country", random.nextBoolean() ? "DE" : "XX")),
        null,
        isError ? "timeout" : null);
  }

  private static Label label(String model, int number, long delay, Random random) {
    long ts = time(number) + delay;
    if (model.equals("price")) {
      double value = random.nextInt(1000);
      return new Label(
          model + number, ts, Integer.toString((int) value), value, Label.GROUND_TRUTH);
    }
    String label =
        model.equals("credit")
            ? Integer.toString(random.nextInt(4) / 3)
            : List.of("a", "b", "c").get(random.nextInt(3));
    return new Label(model + number, ts, label, null, Label.GROUND_TRUTH);
  }

  private static void generate(List<Answer> answers, List<Label> labels) {
    Random random = new Random(5);
    for (Map.Entry<String, Integer> model :
        new TreeMap<>(Map.of("credit", 6000, "topic", 900, "price", 900)).entrySet()) {
      long longest = model.getKey().equals("topic") ? 80 * DAY : DAY;
      for (int i = 0; i < model.getValue(); i++) {
        answers.add(answer(model.getKey(), i, false, random));
        if (i % 3 != 0) {
          answers.add(answer(model.getKey(), i, true, random));
        }
        for (int k = random.nextInt(4) - 1; k > 0; k--) {
          Label label = label(model.getKey(), i, (long) (random.nextDouble() * longest), random);
          labels.add(label);
          if (random.nextInt(10) == 0) {
            labels.add(label);
          }
        }
      }
    }
    labels.add(label("unknown", 1, DAY, random));
  }

  /** Without what was taken back, and without the two counts that may differ. */
  private static Map<String, String> texts(LastStates states) {
    Map<String, String> texts = states.texts();
    texts.values().removeIf(state -> state.startsWith("null"));
    texts
        .keySet()
        .removeIf(
            point -> point.startsWith("labels_expired") || point.startsWith("labels_orphaned"));
    return texts;
  }

  @Test
  void neitherOrderNorParallelismChangesALastState() throws Exception {
    List<Answer> answers = new ArrayList<>();
    List<Label> labels = new ArrayList<>();
    generate(answers, labels);
    answers.sort(Comparator.comparingLong(Answer::ts));
    labels.sort(Comparator.comparingLong(Label::ts));
    Map<String, String> ordered = texts(LastStates.of(CONFIG, answers, labels, 1, true));
    assertThat(ordered)
        .hasSizeGreaterThan(1000)
        .allSatisfy((point, state) -> assertThat(state).endsWith("final true"));
    // More than 2,000 labelled predictions: not all areas are exact.
    assertThat(ordered)
        .anySatisfy(
            (point, state) -> {
              assertThat(point).startsWith("roc_auc");
              assertThat(state).doesNotContain("bound 0.0,");
            });
    for (int seed = 0; seed < 2; seed++) {
      Random random = new Random(seed);
      Collections.shuffle(answers, random);
      Collections.shuffle(labels, random);
      Map<String, String> shuffled = texts(LastStates.of(CONFIG, answers, labels, 1 + seed, false));
      assertThat(shuffled.keySet()).isEqualTo(ordered.keySet());
      ordered.forEach((point, state) -> assertThat(shuffled.get(point)).as(point).isEqualTo(state));
    }
  }
}
