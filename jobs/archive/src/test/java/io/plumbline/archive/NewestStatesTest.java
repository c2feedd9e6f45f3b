package io.plumbline.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.parquet.PartitionPath;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.storage.FileSystemCheckpointStorage;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewestStatesTest {
  private static final long NOON = Instant.parse("2026-11-24T12:00:00Z").toEpochMilli();
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long INTERVAL = 1000;
  private static final int MOST = NewestStates.MOST_PARTITIONS;

  @TempDir Path folder;

  /** The operator, and what it emits. */
  private final class Operator implements AutoCloseable {
    private final KeyedOneInputStreamOperatorTestHarness<String, ResultState, ResultState> harness;
    private long now;
    private long checkpoint;
    private int seen;

    Operator(long now, long intervalMillis, OperatorSubtaskState restored) throws Exception {
      this.now = now;
      harness =
          new KeyedOneInputStreamOperatorTestHarness<>(
              new NewestStates(intervalMillis), ResultState::table, Types.STRING);
      harness.setStateBackend(new EmbeddedRocksDBStateBackend());
      harness.setCheckpointStorage(new FileSystemCheckpointStorage(folder.toUri()));
      harness.setProcessingTime(now);
      if (restored != null) {
        harness.initializeState(restored);
      }
      harness.open();
    }

    void take(ResultState... states) throws Exception {
      for (ResultState state : states) {
        harness.processElement(state, 0);
      }
    }

    /** What the commit that is due within an interval emits. */
    List<ResultState> commit() throws Exception {
      now += INTERVAL;
      harness.setProcessingTime(now);
      List<ResultState> all = harness.extractOutputValues();
      List<ResultState> emitted = all.subList(seen, all.size());
      seen = all.size();
      return emitted;
    }

    OperatorSubtaskState checkpoint() throws Exception {
      return harness.snapshot(checkpoint++, now);
    }

    @Override
    public void close() throws Exception {
      harness.close();
    }
  }

  private Operator operator() throws Exception {
    return new Operator(NOON, INTERVAL, null);
  }

  private static ResultState state(String identity, String job, long computedAt) {
    return new ResultState("metric_points", identity, job, computedAt, new byte[0]);
  }

  /** What users' jobs have written, of one day each. */
  private static ResultState[] forged(int days, int jobs) {
    return IntStream.range(0, days * jobs)
        .mapToObj(i -> state("forged", "external:" + i / days, NOON - DAY * (i % days)))
        .toArray(ResultState[]::new);
  }

  private static Set<String> partitions(List<ResultState> rows) {
    Set<String> partitions = new HashSet<>();
    rows.forEach(row -> partitions.add(PartitionPath.of(row.date(), row.job())));
    return partitions;
  }

  private static String text(ResultState row) {
    return row.job() + " " + row.identity() + " " + row.computedAt();
  }

  /** The rows that one commit interval leaves. */
  private List<ResultState> written(ResultState... states) throws Exception {
    try (Operator operator = operator()) {
      operator.take(states);
      return operator.commit();
    }
  }

  private String job(String job) throws Exception {
    return written(state("a", job, NOON)).get(0).job();
  }

  @Test
  void onlyJobsThatThereAreAndExternalOnesHaveAFolder() throws Exception {
    for (String job : List.of("feature-health", "drift", "online-metrics", "alerts", "archive")) {
      assertThat(job(job)).isEqualTo(job);
    }
    assertThat(job("external:shop")).isEqualTo("external:shop");
    assertThat(job("shop")).isEqualTo("__other__");
    assertThat(job("drift-1")).isEqualTo("__other__");
  }

  @Test
  void aFolderFitsIntoANameOfAnyFileSystem() throws Exception {
    String chinese = "external:" + "\u5e97".repeat(28);
    assertThat(PartitionPath.encoded(chinese)).hasSizeGreaterThan(255);
    assertThat(job(chinese)).isEqualTo("__other__");
    String fits = "external:" + "\u5e97".repeat(20);
    assertThat(job(fits)).isEqualTo(fits);
  }

  @Test
  void externalJobsAreCapped() throws Exception {
    Set<String> jobs = new HashSet<>();
    try (Operator operator = operator()) {
      for (int i = 0; i < 150; i++) {
        operator.take(state("point" + i, "external:" + i, NOON));
      }
      int rows = 0;
      for (List<ResultState> emitted = operator.commit();
          !emitted.isEmpty();
          emitted = operator.commit()) {
        rows += emitted.size();
        emitted.forEach(row -> jobs.add(row.job()));
        operator.checkpoint();
      }
      assertThat(rows).isEqualTo(150);
    }
    assertThat(jobs).hasSize(101).contains("__other__");
  }

  @Test
  void aDayKeepsItsLastState() throws Exception {
    ResultState yesterday = state("a", "alerts", NOON - DAY);
    ResultState older = state("a", "alerts", NOON);
    ResultState newer = state("a", "alerts", NOON + 1);
    assertThat(written(newer, yesterday, older))
        .extracting(ResultState::computedAt)
        .containsExactlyInAnyOrder(NOON - DAY, NOON + 1);
    assertThat(newer.date()).isEqualTo(LocalDate.of(2026, 11, 24));
  }

  @Test
  void ofFortyThousandPartitionsTodaysOwnAreFirstAndTheOthersWait() throws Exception {
    try (Operator operator = operator()) {
      operator.take(forged(400, 100));
      for (String job : List.of("drift", "feature-health", "alerts")) {
        operator.take(state("mine", job, NOON), state("mine", job, NOON - DAY));
      }
      List<ResultState> first = operator.commit();
      assertThat(first).hasSize(MOST);
      assertThat(first.subList(0, 3))
          .allMatch(row -> row.date().equals(LocalDate.of(2026, 11, 24)))
          .extracting(ResultState::job)
          .containsExactlyInAnyOrder("drift", "feature-health", "alerts");
      Set<String> seen = partitions(first);
      for (int commit = 0; commit < 3; commit++) {
        operator.checkpoint();
        operator.take(state("mine", "drift", NOON + 1 + commit));
        List<ResultState> next = operator.commit();
        assertThat(next).hasSize(MOST);
        assertThat(next.get(0).job()).isEqualTo("drift");
        assertThat(partitions(next.subList(1, MOST))).doesNotContainAnyElementsOf(seen);
        seen.addAll(partitions(next));
      }
    }
  }

  private static final List<String> OURS =
      List.of("feature-health", "drift", "online-metrics", "alerts", "archive", "control");

  private static void takeOfOurs(Operator operator, String identity, long computedAt)
      throws Exception {
    for (String job : OURS) {
      operator.take(state(identity, job, computedAt));
    }
  }

  @Test
  void whatArrivesJustAfterMidnightDoesNotQueueBehindWhatIsForged() throws Exception {
    long midnight = NOON + DAY / 2;
    try (Operator operator = new Operator(midnight + 1, INTERVAL, null)) {
      operator.take(forged(400, 100));
      takeOfOurs(operator, "before", midnight - 1);
      takeOfOurs(operator, "after", midnight + 1);
      List<ResultState> first = operator.commit();
      assertThat(first).hasSize(MOST);
      assertThat(first.subList(0, 6)).allMatch(row -> row.identity().equals("after"));
      assertThat(first).filteredOn(row -> row.identity().equals("before")).hasSize(6);
    }
  }

  @Test
  void whatWasTodaysWhenItBeganToWaitIsYesterdaysAfterMidnight() throws Exception {
    long midnight = NOON + DAY / 2;
    try (Operator operator = new Operator(midnight - INTERVAL * 3 / 2, INTERVAL, null)) {
      operator.take(forged(1, MOST));
      assertThat(operator.commit()).hasSize(MOST);
      takeOfOurs(operator, "before", midnight - 1);
      assertThat(operator.commit()).isEmpty();
      takeOfOurs(operator, "after", midnight + 1);
      operator.checkpoint();
      assertThat(operator.commit())
          .hasSize(12)
          .extracting(ResultState::identity)
          .containsExactly(
              Stream.concat(
                      Stream.generate(() -> "after").limit(6),
                      Stream.generate(() -> "before").limit(6))
                  .toArray(String[]::new));
    }
  }

  @Test
  void daysThatAreForgedUnderOurNamesStarveNobody() throws Exception {
    Set<String> others = new HashSet<>();
    Set<String> written = new HashSet<>();
    try (Operator operator = operator()) {
      operator.take(forged(5, 50));
      for (int commit = 0; commit < 40; commit++) {
        // Again and again, and of tomorrow too.
        for (int day = -1; day < 30; day++) {
          takeOfOurs(operator, "ours" + day, NOON - DAY * day + commit);
        }
        List<ResultState> emitted = operator.commit();
        assertThat(emitted).hasSize(MOST);
        assertThat(emitted.subList(0, 6)).allMatch(row -> row.identity().equals("ours0"));
        assertThat(emitted).filteredOn(row -> row.identity().equals("ours1")).hasSize(6);
        others.addAll(
            partitions(emitted.stream().filter(row -> !OURS.contains(row.job())).toList()));
        emitted.forEach(row -> written.add(row.identity()));
        operator.checkpoint();
      }
    }
    assertThat(others).hasSize(250);
    // Old days of ours too have their turn by how long they have waited.
    assertThat(written).contains("ours10", "ours20", "ours29");
  }

  @Test
  void noneIsLostAndNoneStarves() throws Exception {
    int commits = 10;
    ResultState[] waiting = forged(commits, MOST);
    List<ResultState> written = new ArrayList<>();
    try (Operator operator = operator()) {
      operator.take(waiting);
      for (int commit = 0; commit < commits; commit++) {
        List<ResultState> emitted = operator.commit();
        assertThat(partitions(emitted)).hasSizeLessThanOrEqualTo(MOST);
        written.addAll(emitted);
        operator.checkpoint();
        // Names before all others, again and again.
        operator.take(state("late", "external:", NOON - DAY * (500 + commit)));
      }
      assertThat(written.stream().map(NewestStatesTest::text))
          .containsExactlyInAnyOrderElementsOf(
              Stream.of(waiting).map(NewestStatesTest::text).toList());
      assertThat(operator.commit()).hasSize(commits);
      operator.checkpoint();
      assertThat(operator.commit()).isEmpty();
    }
  }

  @Test
  void betweenTwoCheckpointsOnlyOpenPartitionsGoOn() throws Exception {
    try (Operator operator = operator()) {
      operator.take(forged(1, MOST + 1));
      List<ResultState> first = operator.commit();
      assertThat(first).hasSize(MOST);
      ResultState more = state("more", first.get(0).job(), NOON);
      operator.take(more, state("mine", "drift", NOON));
      assertThat(operator.commit()).extracting(NewestStatesTest::text).containsExactly(text(more));
      assertThat(operator.commit()).isEmpty();
      operator.checkpoint();
      assertThat(operator.commit()).hasSize(2).first().matches(row -> row.job().equals("drift"));
    }
  }

  @Test
  void whatWaitsIsReplacedByItsNewestState() throws Exception {
    try (Operator operator = operator()) {
      operator.take(forged(1, MOST));
      operator.take(state("a", "external:0", NOON + DAY));
      assertThat(operator.commit()).hasSize(MOST).noneMatch(row -> row.identity().equals("a"));
      operator.take(
          state("a", "external:0", NOON + DAY + 2), state("a", "external:0", NOON + DAY + 1));
      operator.checkpoint();
      assertThat(operator.commit())
          .singleElement()
          .matches(row -> row.computedAt() == NOON + DAY + 2);
    }
  }

  @Test
  void whatWaitsSurvivesARestore() throws Exception {
    OperatorSubtaskState checkpoint;
    Set<String> seen;
    try (Operator operator = operator()) {
      operator.take(forged(3, MOST));
      seen = partitions(operator.commit());
      checkpoint = operator.checkpoint();
    }
    try (Operator restored = new Operator(NOON + INTERVAL, INTERVAL, checkpoint)) {
      for (int commit = 0; commit < 2; commit++) {
        Set<String> next = partitions(restored.commit());
        assertThat(next).hasSize(MOST).doesNotContainAnyElementsOf(seen);
        seen.addAll(next);
        restored.checkpoint();
      }
    }
    assertThat(seen).hasSize(3 * MOST);
  }

  @Test
  void aShorterIntervalCountsFromTheNextResultOn() throws Exception {
    OperatorSubtaskState checkpoint;
    try (Operator operator = new Operator(NOON, DAY, null)) {
      operator.take(state("a", "drift", NOON));
      checkpoint = operator.checkpoint();
    }
    try (Operator restored = new Operator(NOON, INTERVAL, checkpoint)) {
      assertThat(restored.commit()).isEmpty();
      restored.take(state("b", "drift", NOON));
      assertThat(restored.commit()).hasSize(2);
    }
  }
}
