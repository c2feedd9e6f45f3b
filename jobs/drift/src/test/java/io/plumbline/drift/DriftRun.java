package io.plumbline.drift;

import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.events.DriftResult;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import picocli.CommandLine;

/** A run of the job on a local cluster, and what it said. */
record DriftRun(
    DriftPlan plan,
    List<DriftResult> results,
    List<DriftPlan.LeftOut> leftOut,
    List<String> notes) {

  static DriftPlan plan(Clock clock, String... options) {
    return DriftPlanner.plan(
        CommandLine.populateCommand(new DriftOptions(), options), clock, said -> {});
  }

  static DriftRun of(int parallelism, String... options) throws Exception {
    return of(Clock.systemUTC(), parallelism, options);
  }

  static DriftRun of(Clock clock, int parallelism, String... options) throws Exception {
    DriftPlan plan = plan(clock, options);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(parallelism);
    List<DriftResult> results = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    List<DriftPlan.LeftOut> leftOut = new ArrayList<>(plan.leftOut());
    try (CloseableIterator<JudgedFeature> judged =
        DriftJob.define(env, plan, clock).executeAndCollect()) {
      while (judged.hasNext()) {
        JudgedFeature feature = judged.next();
        if (feature.isNote()) {
          notes.add(feature.reason());
        } else if (feature.result() == null) {
          leftOut.add(new DriftPlan.LeftOut(feature.column(), feature.reason()));
        } else {
          results.add(feature.result());
        }
      }
    }
    return new DriftRun(plan, results, leftOut, notes);
  }

  /** Results of the empty segment by feature. */
  Map<String, DriftResult> byFeature() {
    Map<String, DriftResult> byFeature = new HashMap<>();
    for (DriftResult result : results) {
      if (result.segment().isEmpty()) {
        byFeature.put(result.feature(), result);
      }
    }
    return byFeature;
  }

  DriftResult of(String feature, String segment) {
    return results.stream()
        .filter(r -> r.feature().equals(feature) && r.segment().equals(segment))
        .findFirst()
        .orElseThrow();
  }

  /** Writes a Parquet file with a writer that is not ours. */
  static void parquet(Path file, String select, String options) throws SQLException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("COPY (%s) TO '%s' (FORMAT parquet%s)".formatted(select, file, options));
    }
  }
}
