package io.plumbline.drift.table;

import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.drift.verdict.DatasetVerdict;
import io.plumbline.events.DriftResult;
import io.plumbline.events.MetricPoint;
import io.plumbline.parquet.FlinkOutputFile;
import io.plumbline.parquet.PartitionPath;
import io.plumbline.parquet.Staging;
import io.plumbline.parquet.TableSchema;
import io.plumbline.parquet.TableWriter;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Writes a run into the tables {@code drift_results} and {@code metric_points}: one file each,
 * which appears whole, as it is renamed from a folder beside the tables.
 *
 * <p>A rerun of a day is a later state of the same results. What an earlier run had of the features
 * and segments that this run covers, and this one has not, is withdrawn; each table is compared
 * with its own past, so that a run which died between the two files is repaired by the next.
 */
public final class ResultTables {
  /** The folders below that of the tables into which a run writes. */
  public static final List<String> FOLDERS =
      List.of("drift_results", "metric_points", Staging.FOLDER);

  private static final TableSchema<DriftResult> RESULTS = TableSchema.of(DriftResult.class);
  private static final TableSchema<MetricPoint> POINTS = TableSchema.of(MetricPoint.class);

  private final DriftPlan plan;
  private final Path output;
  private final Instant windowStart;

  private ResultTables(DriftPlan plan) {
    this.plan = plan;
    output = new Path(plan.output());
    windowStart = plan.date().atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /**
   * What a run wrote.
   *
   * @param found its results, with the time at which they were computed
   * @param results those, and the earlier ones that it withdraws
   * @param points of the results, withdrawn ones too
   * @param note in words, what else the tables say of that day; null: nothing
   */
  public record Written(
      List<DriftResult> found, List<DriftResult> results, List<MetricPoint> points, String note) {}

  /** Writes both tables, {@code metric_points} last. */
  public static Written write(
      DriftPlan plan, List<DriftResult> results, DatasetVerdict verdict, Clock clock)
      throws IOException {
    try {
      return new ResultTables(plan).write(results, verdict, clock);
    } catch (IOException e) {
      throw new IOException(
          "%s: the tables cannot be written: %s".formatted(plan.output(), e.getMessage()), e);
    }
  }

  private Written write(List<DriftResult> results, DatasetVerdict verdict, Clock clock)
      throws IOException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    EarlierStates earlierResults =
        earlier("drift_results", RESULTS.parquet(), now, this::ofThisModel);
    EarlierStates earlierPoints =
        earlier("metric_points", POINTS.parquet(), now, this::ofThisModelAndReference);
    Instant computedAt = after(after(now, earlierResults.newest()), earlierPoints.newest());

    List<DriftResult> stamped = results.stream().map(r -> r.at(computedAt)).toList();
    List<MetricPoint> points =
        MetricPoints.of(plan, stamped, plan.coversAll() ? verdict : null, computedAt);
    Withdrawals withdrawals = new Withdrawals(plan, earlierResults, computedAt);
    List<DriftResult> allResults = new ArrayList<>(stamped);
    allResults.addAll(withdrawals.results(stamped));
    List<MetricPoint> allPoints = new ArrayList<>(points);
    allPoints.addAll(withdrawals.points(earlierPoints, points));

    try (Staging staging = Staging.open(output)) {
      Path stagedResults = stage(staging, "drift_results", RESULTS, allResults);
      Path stagedPoints = stage(staging, "metric_points", POINTS, allPoints);
      publish(stagedResults, "drift_results", computedAt);
      publish(stagedPoints, "metric_points", computedAt);
    }
    return new Written(stamped, allResults, allPoints, withdrawals.note().orElse(null));
  }

  private EarlierStates earlier(
      String table, MessageType schema, Instant now, Function<Group, Boolean> which)
      throws IOException {
    Set<String> wanted =
        Set.of(
            "series",
            "metric",
            "value",
            "window_start",
            "model",
            "model_version",
            "feature",
            "segment",
            "labels",
            "reference",
            "reference_uri",
            "withdrawn",
            "computed_at");
    List<Type> columns =
        schema.getFields().stream()
            .filter(field -> wanted.contains(field.getName()))
            .collect(Collectors.toList());
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    // The states of a day are written on that day or later; those of a future day from today on.
    LocalDate from = plan.date().isBefore(today) ? plan.date() : LocalDate.EPOCH;
    return EarlierStates.of(
        new Path(output, table),
        DriftPlan.JOB,
        from,
        windowStart,
        new MessageType(schema.getName(), columns),
        which);
  }

  private boolean ofThisModel(Group row) {
    return EarlierRow.text(row, "model").equals(plan.model())
        && EarlierRow.text(row, "model_version").equals(plan.modelVersion());
  }

  private boolean ofThisModelAndReference(Group row) {
    return ofThisModel(row) && EarlierRow.reference(row).equals(plan.referenceName());
  }

  private static Instant after(Instant now, Instant earlier) {
    return earlier == null || now.isAfter(earlier) ? now : earlier.plusMillis(1);
  }

  private <R extends Record> Path stage(
      Staging staging, String table, TableSchema<R> schema, List<R> rows) throws IOException {
    Path staged = staging.file(table + ".parquet");
    try (TableWriter<R> writer = TableWriter.create(new FlinkOutputFile(staged), schema)) {
      for (R row : rows) {
        writer.write(row);
      }
    }
    return staged;
  }

  private void publish(Path staged, String table, Instant computedAt) throws IOException {
    String partition =
        PartitionPath.of(LocalDate.ofInstant(computedAt, ZoneOffset.UTC), DriftPlan.JOB);
    // A second attempt of a failed task has a later time, hence a file of its own: not every file
    // system renames onto a file that is there.
    String name = plan.runId() + "-" + Long.toString(computedAt.toEpochMilli(), 36) + ".parquet";
    Path target = new Path(new Path(output, table), partition + "/" + name);
    FileSystem fileSystem = target.getFileSystem();
    fileSystem.mkdirs(target.getParent());
    if (!fileSystem.rename(staged, target)) {
      throw new IOException("%s could not be renamed to %s".formatted(staged, target));
    }
  }
}
