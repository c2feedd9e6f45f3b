package io.plumbline.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.archive.compact.Compaction;
import io.plumbline.events.ControlMessage;
import io.plumbline.events.EventJson;
import io.plumbline.events.Topic;
import io.plumbline.parquet.TablesFolder;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.control.ControlTopic;
import io.plumbline.runtime.launch.StreamingJob;
import io.plumbline.testing.KafkaExtension;
import io.plumbline.testing.TestCluster;
import io.plumbline.testing.TestTopics;
import io.plumbline.testing.TopicReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The job on a real broker: what comes into the tables, and what does not. */
class ArchiveIT {
  @RegisterExtension static final KafkaExtension KAFKA = new KafkaExtension();

  /** Yesterday, since what is much older or newer than its record is no result. */
  private final Instant now =
      LocalDate.now(ZoneOffset.UTC)
          .minusDays(1)
          .atTime(LocalTime.parse("11:00:00.123"))
          .toInstant(ZoneOffset.UTC);

  @TempDir Path folder;

  private JobClient start(TestTopics topics) throws Exception {
    return start(topics, null);
  }

  /**
   * @param savepoint null: anew
   */
  private JobClient start(TestTopics topics, String savepoint) throws Exception {
    Configuration options = new Configuration(StreamingJob.strict());
    if (savepoint != null) {
      options.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    options.setString(CheckpointingOptions.CHECKPOINTING_INTERVAL.key(), "300 ms");
    options.setString(
        "execution.checkpointing.dir", folder.resolve("checkpoints").toUri().toString());
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2, options);
    Path config =
        topics.writeConfig(
            "at_least_once",
            "tables: {path: \"%s\", commit_interval: 1s}".formatted(folder.resolve("tables")));
    ArchiveJob.define(env, ConfigLoader.load(config));
    return env.executeAsync("archive");
  }

  private WrittenTable table() {
    return new WrittenTable(folder.resolve("tables"));
  }

  private List<List<Object>> rows(String select) {
    return table().rows(select);
  }

  private long count() {
    return table().number("SELECT count(*) FROM %s");
  }

  /** Series whose last state has a row; the one of another job has a single state. */
  private long newest() {
    return table()
        .number("SELECT count(DISTINCT series) FROM %s WHERE value = 19 OR job <> 'drift'");
  }

  @Test
  void ofEachPointTheNewestStateIsWrittenOnce() throws Exception {
    TestTopics topics = KAFKA.topics();
    List<String> states = new ArrayList<>();
    for (int state = 0; state < 20; state++) {
      for (int series = 0; series < 50; series++) {
        states.add(
            Points.json(Points.point("psi" + series, "drift", state, now.plusMillis(state * 10L))));
      }
    }
    // All states of a series come in any order: the broker orders within a partition only.
    Collections.shuffle(states, new Random(1));
    states.add(Points.json(Points.point("tonight", "drift_nightly", 1, now)));
    states.add(Points.json(Points.point("sales", "external:shop/../x", 1, now)));
    topics.produce(Topic.METRICS, states);
    JobClient job = start(topics);
    try {
      // A commit may fall between two states of a series: then both of them are rows.
      TestCluster.await("the newest state of each series", () -> newest() >= 51);
    } finally {
      job.cancel().get();
    }
    assertThat(
            rows(
                "SELECT count(*), count(DISTINCT series), max(value), epoch_ms(max(computed_at))"
                    + " FROM %s WHERE job = 'drift' AND value = 19"))
        .containsExactly(Arrays.asList(50L, 50L, 19.0, now.plusMillis(190).toEpochMilli()));
    assertThat(rows("SELECT DISTINCT job FROM %s ORDER BY job"))
        .containsExactly(List.of("drift"), List.of("external:shop/../x"));
    assertThat(topics.read(Topic.DEAD_LETTERS)).isEmpty();
  }

  @Test
  void everyChangeByControlIsKeptEvenWithinOneCommitAndAfterCompaction() throws Exception {
    TestTopics topics = KAFKA.topics();
    List<String> changes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ControlMessage change =
          new ControlMessage(
              "feature",
              "income",
              i == 2 ? null : "{\"type\":\"numeric\",\"owner\":\"team-%d\"}".formatted(i),
              "ann",
              now.plusMillis(i));
      changes.add(new String(EventJson.write(change), StandardCharsets.UTF_8));
    }
    topics.produceKeyed(Topic.CONTROL, changes, change -> "feature/income");
    // Refused by every job: it took nothing back.
    topics.produceKeyed(
        Topic.CONTROL,
        List.of(changes.get(2).replace("\"spec\":null,", "")),
        change -> "feature/income");
    WrittenTable control = new WrittenTable(folder.resolve("tables"), "control");
    JobClient job = start(topics);
    try {
      TestCluster.await("all changes", () -> control.number("SELECT count(*) FROM %s") >= 3);
      TestCluster.await("the bad one", () -> topics.read(Topic.DEAD_LETTERS).size() == 1);
    } finally {
      job.cancel().get();
    }
    String all = "SELECT author, CAST(spec AS VARCHAR) FROM %s ORDER BY \"at\"";
    List<List<Object>> rows = control.rows(all);
    assertThat(rows).hasSize(3);
    LocalDate tomorrow = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1);
    new Compaction(TablesFolder.of(folder.resolve("tables").toString()), tomorrow, said -> {})
        .run(Map.of());
    assertThat(control.files()).hasSize(1);
    assertThat(control.rows(all)).isEqualTo(rows);
  }

  /** Writes changes to one feature after another, each a millisecond later. */
  private void change(TestTopics topics, int from, int until) {
    List<ControlMessage> changes = new ArrayList<>();
    for (int i = from; i < until; i++) {
      changes.add(new ControlMessage("feature", "f" + i, null, "ann", now.plusMillis(i)));
    }
    ControlTopic.write(topics.config(), changes);
  }

  @Test
  void allChangesOfAControlTopicThatWasMadeAnewAreKept() throws Exception {
    TestTopics topics = KAFKA.topics();
    WrittenTable control = new WrittenTable(folder.resolve("tables"), "control");
    String names = "SELECT count(DISTINCT name) FROM %s";
    change(topics, 0, 10);
    JobClient job = start(topics);
    TestCluster.await("the old topic's", () -> control.number(names) >= 10);
    String savepoint =
        job.stopWithSavepoint(
                false,
                folder.resolve("savepoints").toUri().toString(),
                SavepointFormatType.CANONICAL)
            .get();
    topics.makeAnew(Topic.CONTROL);
    // More than were read of the old one.
    change(topics, 10, 30);
    job = start(topics, savepoint);
    try {
      TestCluster.await("the new topic's, from its first", () -> control.number(names) >= 30);
      topics.makeAnew(Topic.CONTROL);
      change(topics, 30, 70);
      TestCluster.await("also while the job runs", () -> control.number(names) >= 70);
    } finally {
      job.cancel().get();
    }
    assertThat(control.rows("SELECT count(*), count(DISTINCT name) FROM %s"))
        .containsExactly(List.of(70L, 70L));
    assertThat(topics.read(Topic.DEAD_LETTERS)).isEmpty();
  }

  @Test
  void theBadGoToTheDeadLettersAndAllTheGoodArrive() throws Exception {
    hostile(10_000, 10_000);
  }

  @Test
  @Tag("long")
  void aMillionBadRecordsDoNotKeepTheGoodOnesBack() throws Exception {
    hostile(100_000, 1_000_000);
  }

  private void hostile(int good, int bad) throws Exception {
    TestTopics topics = KAFKA.topics();
    JobClient job = start(topics);
    Map<String, Long> expected = new TreeMap<>();
    Random random = new Random(11);
    for (int from = 0; from < good + bad; from += 10_000) {
      List<byte[]> records = new ArrayList<>();
      int until = Math.min(from + 10_000, good + bad);
      for (int i = from; i < until; i++) {
        if ((long) i * good / (good + bad) != (long) (i + 1) * good / (good + bad)) {
          String point = Points.json(Points.point("s" + i, "drift", i, now));
          records.add(point.getBytes(StandardCharsets.UTF_8));
        } else {
          Hostile kind = Hostile.any(random);
          records.add(kind.record(random));
          expected.merge(kind.reason, 1L, Long::sum);
        }
      }
      topics.produceBytes(Topic.METRICS, records);
    }
    Map<String, Long> reasons = new TreeMap<>();
    try (TopicReader letters = topics.reader(Topic.DEAD_LETTERS)) {
      TestCluster.await("all good ones", () -> count() >= good);
      TestCluster.await(
          "all bad ones",
          () -> {
            letters.readOn(
                letter -> reasons.merge(reason(letter, expected.keySet()), 1L, Long::sum));
            return reasons.values().stream().mapToLong(Long::longValue).sum() >= bad;
          });
    } finally {
      job.cancel().get();
    }
    assertThat(rows("SELECT count(*), count(DISTINCT series) FROM %s"))
        .containsExactly(List.of((long) good, (long) good));
    assertThat(reasons).isEqualTo(expected);
  }

  /** Which of the expected reasons a dead letter has; its own if none. */
  private static String reason(JsonNode letter, Set<String> expected) {
    try {
      assertThat(letter.path("bytes").binaryValue().length).isLessThanOrEqualTo(64 * 1024);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String reason = letter.path("reason").asText();
    return expected.stream().filter(reason::contains).findFirst().orElse(reason);
  }

  /** Ways of being unreadable, each with what its dead letter says. */
  private enum Hostile {
    LARGE("expected an object, found text") {
      @Override
      byte[] record(Random random) {
        return ("\"" + "x".repeat(200_000) + "\"").getBytes(StandardCharsets.UTF_8);
      }
    },
    TRUNCATED("not JSON: Un") {
      @Override
      byte[] record(Random random) {
        byte[] good = good();
        return Arrays.copyOf(good, 1 + random.nextInt(good.length - 2));
      }
    },
    NESTED("nesting depth") {
      @Override
      byte[] record(Random random) {
        return "{\"a\":".repeat(1000).getBytes(StandardCharsets.UTF_8);
      }
    },
    UTF16("expected UTF-8") {
      @Override
      byte[] record(Random random) {
        return new String(good(), StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16);
      }
    },
    MISTYPED("expected a number, found") {
      @Override
      byte[] record(Random random) {
        return new String(good(), StandardCharsets.UTF_8)
            .replace("\"value\":1.0", "\"value\":\"\u0000\u001b[31m1\"")
            .replace("\u0000", "\\u0000")
            .replace("\u001b", "\\u001b")
            .getBytes(StandardCharsets.UTF_8);
      }
    },
    WITHOUT_TIME("found nothing at /computed_at") {
      @Override
      byte[] record(Random random) {
        return new String(good(), StandardCharsets.UTF_8)
            .replace("computed_at", "computed")
            .getBytes(StandardCharsets.UTF_8);
      }
    },
    FUTURE("ahead of its Kafka record") {
      @Override
      byte[] record(Random random) {
        return Points.json(Points.point("bad", "drift", 1, Instant.parse("2999-01-01T00:00:00Z")))
            .getBytes(StandardCharsets.UTF_8);
      }
    };

    private static final int LARGE_EVERY = 100;

    private final String reason;

    Hostile(String reason) {
      this.reason = reason;
    }

    abstract byte[] record(Random random);

    /** The large ones seldom: a million of them would fill a disk. */
    static Hostile any(Random random) {
      if (random.nextInt(LARGE_EVERY) == 0) {
        return LARGE;
      }
      return values()[1 + random.nextInt(values().length - 1)];
    }

    private static byte[] good() {
      return Points.json(Points.point("bad", "drift", 1, Instant.EPOCH))
          .getBytes(StandardCharsets.UTF_8);
    }
  }
}
