package io.plumbline.onlinemetrics.join;

import static io.plumbline.onlinemetrics.join.JoinHarness.answer;
import static io.plumbline.onlinemetrics.join.JoinHarness.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.Answer;
import io.plumbline.events.Label;
import io.plumbline.onlinemetrics.join.JoinHarness.Backend;
import io.plumbline.onlinemetrics.model.BinaryClass;
import io.plumbline.onlinemetrics.model.Models;
import io.plumbline.runtime.aggregate.FoldMemory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * In whatever order events come, and wherever a task ends and another goes on with its state, the
 * differences add up to the same: what an oracle says that knows all events at once.
 */
class JoinOrderTest {
  private static final long NOON = 1_764_072_000_000L;
  private static final long HOUR = 3_600_000;
  private static final int IDS = 40;
  private static final int ORDERS = 12;

  private static final String CONFIG =
      """
      models:
        - {name: credit, task: binary, label_horizon: 1h, versions: [{version: v4, role: shadow}]}
        - {name: loans, task: binary, label_horizon: 2h, positive: bad, negative: good}
      """;

  private final Random random = new Random(18);

  /** A prediction, or the pair that it is in, by the names of both. */
  private static String name(KeptPrediction prediction, KeptPrediction champion) {
    String own = prediction.served().model() + "/" + prediction.served().version();
    return "%s %d%s"
        .formatted(
            own,
            prediction.ts(),
            champion == null ? "" : " against " + champion.served().version());
  }

  /** What has been added and not been taken away: one of each thing, or the test fails. */
  private static void add(Map<String, Labelling> sums, List<Joined> differences) {
    for (Joined joined : differences) {
      String name = name(joined.prediction(), joined.champion());
      assertThat(sums.get(name)).as(name).isEqualTo(joined.before());
      sums.put(name, joined.after());
    }
  }

  private List<Object> events() {
    List<Object> events = new ArrayList<>();
    for (int i = 0; i < IDS; i++) {
      String id = "p" + i;
      // Of each id another millisecond, by which the oracle tells them apart.
      long ts = NOON + i * 10L;
      String model = random.nextBoolean() ? "credit" : "loans";
      if (random.nextInt(8) > 0) {
        events.add(answer(id, model, "v3", ts, random.nextDouble()));
      }
      if (random.nextInt(3) > 0) {
        events.add(answer(id, model, "v4", ts + random.nextInt(5), random.nextDouble()));
      }
      for (int labels = random.nextInt(4); labels > 0; labels--) {
        long later = random.nextInt(10) * HOUR / 4;
        events.add(text(id, ts + later, label()));
      }
    }
    for (int copies = events.size() / 4; copies > 0; copies--) {
      events.add(events.get(random.nextInt(events.size())));
    }
    return events;
  }

  private String label() {
    return List.of("1", "0", "good", "bad", "neither").get(random.nextInt(5));
  }

  private static BinaryClass outcome(String model, String label) {
    return switch (model + label) {
      case "credit1", "loansbad" -> BinaryClass.POSITIVE;
      case "credit0", "loansgood" -> BinaryClass.NEGATIVE;
      default -> null;
    };
  }

  private static long end(Answer answer) {
    return answer.ts() + (answer.model().equals("credit") ? HOUR : 2 * HOUR);
  }

  private static Map<String, Labelling> oracle(List<Object> events) {
    Set<Answer> answers = new HashSet<>();
    Set<Label> labels = new HashSet<>();
    for (Object event : events) {
      if (event instanceof Answer answer) {
        answers.add(answer);
      } else {
        labels.add((Label) event);
      }
    }
    Map<String, Labelling> expected = new HashMap<>();
    for (Answer answer : answers) {
      String name = "%s/%s %d".formatted(answer.model(), answer.modelVersion(), answer.ts());
      expected.put(name, labelling(answer, end(answer), labels, true));
      for (Answer other : answers) {
        boolean isPair =
            other.predictionId().equals(answer.predictionId())
                && answer.model().equals("credit")
                && answer.modelVersion().equals("v4")
                && other.modelVersion().equals("v3");
        if (isPair) {
          long end = Math.min(end(answer), end(other));
          expected.put(name + " against v3", labelling(answer, end, labels, false));
        }
      }
    }
    return expected;
  }

  private static Labelling labelling(Answer answer, long end, Set<Label> labels, boolean isAlone) {
    List<Label> ofId =
        labels.stream()
            .filter(label -> label.predictionId().equals(answer.predictionId()))
            .sorted(
                Comparator.comparingLong(Label::ts)
                    .thenComparing(Comparator.comparing(Label::label)))
            .toList();
    List<Label> counted =
        ofId.stream()
            .filter(label -> label.ts() <= end && outcome(answer.model(), label.label()) != null)
            .toList();
    Truth truth = null;
    if (!counted.isEmpty()) {
      Label last = counted.get(counted.size() - 1);
      truth = new Truth(last.ts(), last.label(), outcome(answer.model(), last.label()), Double.NaN);
    }
    return isAlone
        ? new Labelling(
            truth,
            Math.max(0, counted.size() - 1),
            (int) ofId.stream().filter(label -> label.ts() > end).count())
        : new Labelling(truth, 0, 0);
  }

  @ParameterizedTest
  @EnumSource
  void theDifferencesAddUpToWhatTheEventsSayTogether(Backend backend) throws Exception {
    List<Object> events = events();
    Map<String, Labelling> expected = oracle(events);
    assertThat(expected.values()).anyMatch(labelling -> labelling.corrections() > 0);
    assertThat(expected.keySet()).anyMatch(name -> name.contains("against"));
    Set<Set<String>> letters = new HashSet<>();
    for (int order = 0; order < ORDERS; order++) {
      Collections.shuffle(events, random);
      Map<String, Labelling> sums = new HashMap<>();
      Set<String> refused = new HashSet<>();
      // With nothing the state is written to with each event.
      FoldMemory memory = FoldMemory.bytes(order % 3 * 2000L);
      try (JoinHarness join = new JoinHarness(Models.fixed(CONFIG), backend, memory)) {
        for (Object event : events) {
          if (event instanceof Answer answer) {
            join.predict(answer);
          } else {
            join.label((Label) event);
          }
          if (random.nextInt(60) == 0) {
            take(join, sums, refused);
            join.restore();
          } else if (random.nextInt(30) == 0) {
            join.snapshot();
          }
        }
        take(join, sums, refused);
      }
      assertThat(sums).isEqualTo(expected);
      letters.add(refused);
    }
    assertThat(letters).hasSize(1);
    assertThat(letters.iterator().next()).isNotEmpty();
  }

  private static void take(JoinHarness join, Map<String, Labelling> sums, Set<String> refused) {
    add(sums, join.joined());
    join.deadLetters()
        .forEach(
            letter -> {
              // Each of them once.
              String json = new String(letter.bytes(), StandardCharsets.UTF_8);
              assertThat(refused.add(json)).as(json).isTrue();
            });
  }
}
