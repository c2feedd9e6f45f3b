package io.plumbline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DriftRowTest {
  @Test
  void hasMediansAndTheMedianOfTheRatiosOfTheTurns() {
    List<TimedProcess> ours =
        List.of(
            new TimedProcess(10, 5, 2000),
            new TimedProcess(30, 9, 2200),
            new TimedProcess(20, 8, 2100));
    List<TimedProcess> theirs =
        List.of(
            new TimedProcess(100, 50, 300),
            new TimedProcess(100, 60, 500),
            new TimedProcess(400, 20, 400));
    // The turns' ratios are 0.1, 0.3, 0.05 and 0.1, 0.15, 0.4.
    assertThat(new DriftRow(DriftRun.exact, ours, theirs))
        .hasToString(
            "| everything exact, the default | DuckDB, the same answers | 20.0 | 100.0 | 0.100"
                + " | 8.0 | 50.0 | 0.150 | 0.15 CPU | 2100 | 400 | 2560 |");
  }

  @Test
  void leavesOutWhatHasNoOtherSide() {
    List<TimedProcess> turns =
        List.of(new TimedProcess(4, 2.5, 350.4), new TimedProcess(5, 3, 350.2));
    assertThat(new DriftRow(DriftRun.sample, turns, List.of()))
        .hasToString(
            "| the README's sample |  | 4.5 |  |  | 2.8 |  |  | 5 s wall | 350 |  | 2560 |");
  }

  @Test
  void everyRowHasTheColumnsOfTheHead() {
    TimedProcess turn = new TimedProcess(1, 1, 1);
    long columns =
        DriftRow.HEAD.lines().findFirst().orElseThrow().chars().filter(c -> c == '|').count();
    for (DriftRun run : DriftRun.values()) {
      List<TimedProcess> theirs = run.against() == null ? List.of() : List.of(turn);
      assertThat(new DriftRow(run, List.of(turn), theirs).toString().chars().filter(c -> c == '|'))
          .as(run.name())
          .hasSize((int) columns);
    }
  }
}
