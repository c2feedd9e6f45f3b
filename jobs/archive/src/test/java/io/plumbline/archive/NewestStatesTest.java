package io.plumbline.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.runtime.parquet.PartitionPath;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.api.Test;

class NewestStatesTest {
  private static final long NOON = Instant.parse("2026-11-24T12:00:00Z").toEpochMilli();
  private static final long INTERVAL = 1000;

  /** The rows that one commit interval leaves. */
  private static List<ResultState> written(List<ResultState> states) throws Exception {
    try (KeyedOneInputStreamOperatorTestHarness<String, ResultState, ResultState> harness =
        ProcessFunctionTestHarnesses.forKeyedProcessFunction(
            new NewestStates(INTERVAL), ResultState::table, Types.STRING)) {
      for (ResultState state : states) {
        harness.processElement(state, 0);
      }
      harness.setProcessingTime(INTERVAL);
      return harness.extractOutputValues();
    }
  }

  private static String job(String job) throws Exception {
    return written(List.of(new ResultState("metric_points", "a", job, NOON, new byte[0])))
        .get(0)
        .job();
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
    List<ResultState> states =
        java.util.stream.IntStream.range(0, 150)
            .mapToObj(
                i ->
                    new ResultState(
                        "metric_points", "point" + i, "external:" + i, NOON, new byte[0]))
            .toList();
    List<String> jobs = written(states).stream().map(ResultState::job).toList();
    assertThat(jobs).hasSize(150);
    assertThat(jobs.stream().distinct()).hasSize(101).contains("__other__");
  }

  @Test
  void aDayKeepsItsLastState() throws Exception {
    ResultState yesterday =
        new ResultState("alerts", "a", "alerts", NOON - 86_400_000, new byte[0]);
    ResultState older = new ResultState("alerts", "a", "alerts", NOON, new byte[0]);
    ResultState newer = new ResultState("alerts", "a", "alerts", NOON + 1, new byte[0]);
    assertThat(written(List.of(newer, yesterday, older)))
        .extracting(ResultState::computedAt)
        .containsExactlyInAnyOrder(NOON - 86_400_000, NOON + 1);
    assertThat(newer.date()).isEqualTo(LocalDate.of(2026, 11, 24));
  }
}
