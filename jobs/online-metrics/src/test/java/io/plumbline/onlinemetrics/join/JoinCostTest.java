package io.plumbline.onlinemetrics.join;

import static io.plumbline.onlinemetrics.join.JoinHarness.answer;
import static io.plumbline.onlinemetrics.join.JoinHarness.in;
import static io.plumbline.onlinemetrics.join.JoinHarness.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.Answer;
import io.plumbline.events.Label;
import io.plumbline.onlinemetrics.join.JoinHarness.Backend;
import io.plumbline.onlinemetrics.model.Models;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The CPU time of the join's own thread for a prediction and its label, on RocksDB, with the
 * predictions of a month to come. About a third of the bound where the machine does nothing else.
 */
@Tag("long")
class JoinCostTest {
  private static final long NOON = 1_764_072_000_000L;
  private static final int BATCH = 100_000;
  private static final int ROUNDS = 8;

  private static final String CONFIG =
      """
      features:
        - {name: country, type: categorical, categories: [AT, BE, CH, DE, ES, FR]}
        - {name: channel, type: categorical, categories: [web, app, branch]}
        - {name: tier, type: categorical, categories: [bronze, silver, gold]}
      models:
        - name: credit-default
          task: binary
          label_horizon: 30d
          segments: [{column: country}, {column: channel}, {column: tier}]
          versions: [{version: v3}]
      """;

  private static final double MOST_MICROS = 45;

  @Test
  void aPredictionAndItsLabelCostAFewLookUps() throws Exception {
    double pair = 0;
    Random random = new Random(1);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    List<Answer> before = List.of();
    try (JoinHarness join = new JoinHarness(Models.fixed(CONFIG), Backend.ROCKSDB)) {
      for (int round = 0; round < ROUNDS; round++) {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
          answers.add(
              in(
                  answer(
                      new UUID(random.nextLong(), random.nextLong()).toString(),
                      "credit-default",
                      "v3",
                      NOON + (round * (long) BATCH + i) * 1000,
                      random.nextDouble()),
                  "country=" + List.of("DE", "FR", "XX").get(i % 3),
                  "channel=web",
                  "tier=" + List.of("gold", "silver").get(i % 2)));
        }
        List<Label> labels =
            before.stream()
                .map(answer -> text(answer.predictionId(), answer.ts() + 100_000, "1"))
                .toList();
        long began = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < BATCH; i++) {
          join.predict(answers.get(i));
          if (i % 1000 == 0) {
            join.joined();
            join.fresh();
          }
        }
        long predicted = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < labels.size(); i++) {
          join.label(labels.get(i));
          if (i % 1000 == 0) {
            join.joined();
          }
        }
        long labelled = threads.getCurrentThreadCpuTime();
        System.out.printf(
            Locale.ROOT,
            "a prediction: %.2f us, a label: %.2f us%n",
            (predicted - began) / 1e3 / BATCH,
            (labelled - predicted) / 1e3 / BATCH);
        pair = (labelled - began) / 1e3 / BATCH;
        before = answers;
      }
    }
    assertThat(pair).isLessThan(MOST_MICROS);
  }
}
