package io.plumbline.archive.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.archive.Points;
import io.plumbline.events.ControlMessage;
import io.plumbline.events.MetricPoint;
import io.plumbline.parquet.FlinkOutputFile;
import io.plumbline.parquet.PartitionPath;
import io.plumbline.parquet.TableSchema;
import io.plumbline.parquet.TableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactionTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 23);
  private static final LocalDate TODAY = DAY.plusDays(1);
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final int FILES = 40;
  private static final int FEW = 6;
  private static final int SERIES = 30;

  @TempDir Path folder;

  private final Random random = new Random(5);
  private final List<String> said = new ArrayList<>();

  @AfterEach
  void noMoreCrashes() {
    CrashingFileSystem.allow(Integer.MAX_VALUE);
  }

  private Path tables() {
    return folder.resolve("tables");
  }

  private Path partition(LocalDate date) {
    return tables().resolve("metric_points").resolve(PartitionPath.of(date, "drift"));
  }

  /** Files of many commits; the value of a point is the number of the file that holds it last. */
  private Map<String, Double> manyCommits(LocalDate date, int files) throws IOException {
    Map<String, Double> last = new TreeMap<>();
    for (int file = 0; file < files; file++) {
      List<MetricPoint> points = new ArrayList<>();
      for (int i = 0; i < SERIES; i++) {
        if (random.nextInt(3) == 0) {
          points.add(Points.point("s" + i, "drift", file, NOON.plusSeconds(file)));
          last.put("s" + i, (double) file);
        }
      }
      write(partition(date).resolve("part-%02d-0.parquet".formatted(file)), points);
    }
    return last;
  }

  private static void write(Path file, List<MetricPoint> points) throws IOException {
    write(file, MetricPoint.class, points);
  }

  private static <R extends Record> void write(Path file, Class<R> type, List<R> rows)
      throws IOException {
    Files.createDirectories(file.getParent());
    try (TableWriter<R> writer =
        TableWriter.create(
            new FlinkOutputFile(new org.apache.flink.core.fs.Path(file.toUri())),
            TableSchema.of(type))) {
      for (R row : rows) {
        writer.write(row);
      }
    }
  }

  private Compaction.Outcome compact(Map<String, Duration> retention) throws IOException {
    org.apache.flink.core.fs.Path path =
        new org.apache.flink.core.fs.Path("crash", null, tables().toString());
    return new Compaction(path, TODAY, said::add).run(retention);
  }

  private List<Path> files(LocalDate date) throws IOException {
    if (!Files.exists(partition(date))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(partition(date))) {
      return files.filter(f -> !f.getFileName().toString().startsWith(".")).toList();
    }
  }

  /** As the view does: by series, the value that was computed last; and how many rows there are. */
  private Map<String, Double> latest() throws SQLException {
    Map<String, Double> latest = new TreeMap<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        ResultSet rows =
            duck.createStatement()
                .executeQuery(
                    "SELECT series, arg_max(value, computed_at)"
                        + " FROM read_parquet('%s/metric_points/*/*/*.parquet') GROUP BY series"
                            .formatted(tables()))) {
      while (rows.next()) {
        latest.put(rows.getString(1), rows.getDouble(2));
      }
    }
    return latest;
  }

  private long rows() throws SQLException {
    return rows("metric_points");
  }

  private long rows(String table) throws SQLException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        ResultSet rows =
            duck.createStatement()
                .executeQuery(
                    "SELECT count(*) FROM read_parquet('%s/%s/*/*/*.parquet')"
                        .formatted(tables(), table))) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Test
  void aClosedDayBecomesOneFileWithTheLastStateOfEachPoint() throws Exception {
    Map<String, Double> last = manyCommits(DAY, FILES);
    Compaction.Outcome outcome = compact(Map.of());
    assertThat(outcome).isEqualTo(new Compaction.Outcome(1, FILES, 1, 0));
    assertThat(files(DAY)).hasSize(1);
    assertThat(latest()).isEqualTo(last);
    assertThat(rows()).isEqualTo(last.size());
    assertThat(said).containsExactly("metric_points dt=2026-11-23 job=drift: 40 files become 1");
    assertThat(compact(Map.of())).isEqualTo(new Compaction.Outcome(0, 0, 0, 0));
  }

  @Test
  void eachChangeOfADayIsKept() throws Exception {
    List<ControlMessage> changes =
        List.of(
            new ControlMessage("feature", "income", "{}", "ann", NOON),
            new ControlMessage("feature", "income", "{}", "bob", NOON.plusMillis(1)),
            new ControlMessage("feature", "income", null, "ann", NOON.plusMillis(2)));
    Path day = tables().resolve("control").resolve(PartitionPath.of(DAY, "control"));
    write(day.resolve("part-0.parquet"), ControlMessage.class, changes);
    // A commit that a restore repeated.
    write(day.resolve("part-1.parquet"), ControlMessage.class, changes.subList(0, 1));
    assertThat(compact(Map.of())).isEqualTo(new Compaction.Outcome(1, 2, 1, 0));
    assertThat(rows("control")).isEqualTo(3);
  }

  @Test
  void whatComesLateIsTakenInTheNextTime() throws Exception {
    Map<String, Double> last = manyCommits(DAY, FILES);
    compact(Map.of());
    write(
        partition(DAY).resolve("part-late-0.parquet"),
        List.of(
            Points.point("s1", "drift", 99, NOON.plusSeconds(99)),
            Points.point("s2", "drift", -1, NOON.minusSeconds(1))));
    last.put("s1", 99.0);
    compact(Map.of());
    assertThat(files(DAY)).hasSize(1);
    assertThat(latest()).isEqualTo(last);
    assertThat(rows()).isEqualTo(last.size());
  }

  @Test
  void todayIsLeftAlone() throws Exception {
    manyCommits(TODAY, FILES);
    compact(Map.of());
    assertThat(files(TODAY)).hasSize(FILES);
  }

  @Test
  void daysPastTheirRetentionAreDropped() throws Exception {
    manyCommits(DAY, FILES);
    manyCommits(DAY.minusDays(9), 2);
    Compaction.Outcome outcome = compact(Map.of("metric_points", Duration.ofDays(9)));
    assertThat(outcome.dropped()).isEqualTo(1);
    assertThat(files(DAY.minusDays(9))).isEmpty();
    assertThat(tables().resolve("metric_points").toFile().list()).containsExactly("dt=2026-11-23");
    assertThat(files(DAY)).hasSize(1);
  }

  @Test
  void aFileThatIsStillWrittenIsLeftAlone() throws Exception {
    manyCommits(DAY, FILES);
    Path open = partition(DAY).resolve(".part-0.parquet.inprogress.1");
    Files.writeString(open, "half a file");
    compact(Map.of());
    assertThat(open).exists();
  }

  @Test
  void killedAtAnyStepNothingIsMissedAndTheNextRunFinishes() throws Exception {
    int steps = 0;
    boolean done = false;
    while (!done) {
      org.apache.flink.util.FileUtils.deleteDirectory(folder.toFile());
      Files.createDirectories(folder);
      Map<String, Double> last = manyCommits(DAY, FEW);
      CrashingFileSystem.allow(steps);
      if (steps < FEW + 2) {
        assertThatThrownBy(() -> compact(Map.of())).isInstanceOf(CrashingFileSystem.Killed.class);
      } else {
        done = finishes();
      }
      assertThat(latest()).as("after %d changes", steps).isEqualTo(last);
      // A bucket has no parent, and that of a mount is another file system.
      assertThat(folder.toFile().list()).containsExactly("tables");
      CrashingFileSystem.allow(Integer.MAX_VALUE);
      compact(Map.of());
      assertThat(latest()).isEqualTo(last);
      assertThat(rows()).isEqualTo(last.size());
      assertThat(files(DAY)).hasSize(1);
      assertThat(tables().toFile().list()).containsExactly("metric_points");
      steps++;
    }
    // One create, blocks of the file, one rename, each old file deleted, and the staging folder
    // before and after.
    assertThat(steps).isGreaterThan(FEW + 4 + 10);
  }

  private boolean finishes() throws IOException {
    try {
      compact(Map.of());
      return true;
    } catch (CrashingFileSystem.Killed killed) {
      return false;
    }
  }
}
