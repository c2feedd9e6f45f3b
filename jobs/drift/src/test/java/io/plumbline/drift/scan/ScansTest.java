package io.plumbline.drift.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.drift.plan.InputFiles;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.plan.ScanPlan;
import io.plumbline.drift.plan.Segments;
import io.plumbline.profile.SampledCells;
import io.plumbline.profile.SampledRow;
import io.plumbline.runtime.segment.SegmentColumn;
import io.plumbline.stats.Mergeable;
import io.plumbline.stats.category.CategoryCounts;
import io.plumbline.stats.numeric.NumericSummary;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.MurmurHash3;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What scans leave, against summaries to which the same cells are added one by one. */
class ScansTest {
  /** More than a part holds. */
  private static final int ROWS = 600_000;

  @TempDir static Path folder;
  private static InputFiles input;
  private static RowGroupColumns columns;

  @BeforeAll
  static void write() throws Exception {
    Path file = folder.resolve("cells.parquet");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(
          """
          COPY (
            SELECT
              CASE i %% 20 WHEN 3 THEN NULL WHEN 4 THEN 'nan'::DOUBLE WHEN 5 THEN '-inf'::DOUBLE ELSE i / 7.0 END AS spread,
              CASE WHEN i // 1000 %% 3 > 0 THEN i %% 5000 END AS few,
              (i * 7919)::BIGINT AS integer,
              'id-' || i AS id,
              CASE WHEN i %% 9 > 0 THEN 'c' || i %% 5000 END AS kind,
              CASE WHEN i %% 11 > 0 THEN 's' || i %% 7 END AS by_name,
              i %% 1500 AS by_number,
              NULL::DOUBLE AS nothing
            FROM range(%s) t(i)
          ) TO '%s' (FORMAT parquet, ROW_GROUP_SIZE %s)
          """
              .formatted(ROWS, file, 2 * ROWS));
    }
    input = InputFiles.at(file.toString(), "--current");
    assertThat(input.files().get(0).rowGroups()).hasSize(1);
    columns = ReadCells.open(file);
    assertThat(columns.numbers("few").cells().entries()).isEqualTo(5000);
    assertThat(columns.texts("kind").cells().entries()).isEqualTo(5000);
    assertThat(columns.numbers("spread").cells().entries()).isZero();
  }

  @AfterAll
  static void close() throws IOException {
    columns.close();
  }

  private static InputFiles.InputColumn column(String name) {
    return input.columns().get(name);
  }

  /** By no column; by one; by two, with so many named values that ids get no counters. */
  private static Segments segments(int by) {
    List<String> many = IntStream.range(0, 1400).mapToObj(String::valueOf).toList();
    return switch (by) {
      case 0 -> Segments.none();
      case 1 -> Segments.of(List.of(SegmentColumn.of("by_name", List.of("s1", "s4"), 2)));
      default ->
          Segments.of(
              List.of(
                  SegmentColumn.of("by_name", List.of("s1"), 1),
                  SegmentColumn.of("by_number", many, many.size())));
    };
  }

  private record Scanned(List<ProfilePart> parts, List<int[]> ofRows) {}

  private static Scanned scan(String name, int by, boolean numeric) throws IOException {
    PlannedFeature feature =
        new PlannedFeature(
            name,
            0,
            numeric ? PlannedFeature.Kind.NUMERIC : PlannedFeature.Kind.CATEGORICAL,
            column(name),
            true,
            true,
            "feature",
            null,
            10,
            List.of(),
            true,
            null);
    Segments segments = segments(by);
    ScanPlan plan = new ScanPlan(List.of(feature), segments, null, true);
    WrittenParts out = new WrittenParts(plan, feature);
    RowSegments rows = RowSegments.read(segments, columns);
    SampledRows sampled = SampledRows.of(hashes(null), ROWS);
    if (numeric) {
      new NumericScan(feature, rows, sampled, out).run(columns);
    } else {
      new CategoryScan(feature, rows, sampled, out).run(columns);
    }
    List<int[]> ofRows = new ArrayList<>();
    ofRows.add(new int[ROWS]);
    for (int i = 0; i < rows.perRow(); i++) {
      ofRows.add(rows.ofRows(i));
    }
    return new Scanned(out.finish(), ofRows);
  }

  private static RowHashes hashes(String id) throws IOException {
    InputFiles.DataFile file = input.files().get(0);
    return RowHashes.of(id, input, file, file.rowGroups().get(0), columns);
  }

  private static <T> Map<Integer, T> merged(List<ProfilePart> parts, Reading<T> reading)
      throws IOException {
    Map<Integer, T> byKey = new TreeMap<>();
    for (ProfilePart part : parts) {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(part.summary()));
      byKey.put(part.key(), reading.of(byKey.get(part.key()), in));
    }
    return byKey;
  }

  private interface Reading<T> {
    T of(T before, DataInputStream in) throws IOException;
  }

  private static <T extends Mergeable<T>> T merge(T before, T part) {
    if (before == null) {
      return part;
    }
    before.merge(part);
    return before;
  }

  @ParameterizedTest
  @CsvSource({
    "spread, 0",
    "spread, 1",
    "spread, 2",
    "few, 0",
    "few, 1",
    "few, 2",
    "integer, 0",
    "integer, 2",
    "nothing, 0",
    "nothing, 1",
    "by_number, 1"
  })
  void numbersAreSummarised(String name, int by) throws Exception {
    List<Object> cells = ReadCells.numbers(columns, name);
    Scanned scanned = scan(name, by, true);
    Map<Integer, NumericSummary> expected = new TreeMap<>();
    for (int[] ofRows : scanned.ofRows) {
      for (int row = 0; row < ROWS; row++) {
        NumericSummary summary =
            expected.computeIfAbsent(
                ofRows[row],
                segment ->
                    new NumericSummary(Domains.of(column(name).type()), ProfileFormat.UNSORTED));
        if (cells.get(row) == null) {
          summary.addNulls(1);
        } else if (cells.get(row) instanceof Double value) {
          summary.addDouble(value);
        } else {
          summary.addLong((Long) cells.get(row));
        }
      }
    }
    Map<Integer, NumericSummary> found =
        merged(
            scanned.parts,
            (before, in) -> {
              NumericSummary part = NumericSummary.readFrom(in, ProfileFormat.UNSORTED);
              assertThat(part.buffered()).isLessThanOrEqualTo(1 << 18);
              return merge(before, part);
            });
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    for (int segment : expected.keySet()) {
      assertThat(sorted(found.get(segment))).isEqualTo(sorted(expected.get(segment)));
    }
    assertSampled(scanned, cells);
  }

  /** Its bytes once the values are sorted, which say nothing of how they came. */
  private static byte[] sorted(NumericSummary summary) throws IOException {
    assertThat(summary.distribution().count()).isEqualTo(summary.usable());
    return summary.written();
  }

  @ParameterizedTest
  @CsvSource({"kind, 0", "kind, 1", "kind, 2", "by_number, 1", "id, 0"})
  void categoriesAreCounted(String name, int by) throws Exception {
    List<Object> cells = ReadCells.texts(columns, name);
    Scanned scanned = scan(name, by, false);
    Map<Integer, Map<String, Long>> expected = new TreeMap<>();
    for (int[] ofRows : scanned.ofRows) {
      for (int row = 0; row < ROWS; row++) {
        expected
            .computeIfAbsent(ofRows[row], segment -> new HashMap<>())
            .merge(String.valueOf(cells.get(row)), 1L, Long::sum);
      }
    }
    Map<Integer, CategoryCounts> found =
        merged(scanned.parts, (before, in) -> merge(before, CategoryCounts.readFrom(in)));
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    for (int segment : expected.keySet()) {
      CategoryCounts counts = found.get(segment);
      Map<String, Long> byName = new HashMap<>();
      for (int i = 0; i < counts.distinct(); i++) {
        byName.put(counts.name(i), counts.count(i));
      }
      if (counts.nulls() > 0) {
        byName.put("null", counts.nulls());
      }
      assertThat(byName).isEqualTo(expected.get(segment));
    }
    assertSampled(scanned, cells);
  }

  private static void assertSampled(Scanned scanned, List<Object> cells) throws IOException {
    RowHashes hashes = hashes(null);
    Map<Long, Integer> byPlace = new HashMap<>();
    for (int row = 0; row < ROWS; row++) {
      byPlace.put(hashes.place(row), row);
    }
    SampledCells sample = new SampledCells();
    for (ProfilePart part : scanned.parts) {
      if (part.sample().length > 0) {
        sample.merge(
            SampledCells.readFrom(new DataInputStream(new ByteArrayInputStream(part.sample()))));
      }
    }
    assertThat(sample.rows()).hasSize(SampledCells.ROWS);
    for (SampledRow row : sample.rows()) {
      Object cell = cells.get(byPlace.get(row.place()));
      Object taken = row.values() == null ? row.text() : (Object) row.values()[0];
      assertThat(taken).isEqualTo(cell instanceof Long integer ? integer.doubleValue() : cell);
    }
  }

  @ParameterizedTest
  @CsvSource({"id", "by_name", "by_number"})
  void hashesOfRowsAreThoseOfTheirIds(String id) throws IOException {
    List<Object> texts = ReadCells.texts(columns, id);
    RowHashes byId = hashes(id);
    RowHashes byPlace = hashes(null);
    for (int row = 0; row < ROWS; row++) {
      long expected =
          texts.get(row) == null
              ? byPlace.of(row)
              : MurmurHash3.hash128x64(((String) texts.get(row)).getBytes(StandardCharsets.UTF_8))[
                  0];
      if (byId.of(row) != expected) {
        assertThat(byId.of(row)).as("row %s", row).isEqualTo(expected);
      }
    }
  }

  @Test
  void theMostFrequentValues() throws IOException {
    assertThat(ColumnValues.mostFrequent(input, "by_name", 3).names())
        .containsExactly("s1", "s0", "s2");
    assertThat(ColumnValues.mostFrequent(input, "id", 2).names()).containsExactly("id-0", "id-1");
  }
}
