package io.plumbline.drift.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.drift.plan.InputFiles;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.plan.ScanPlan;
import io.plumbline.drift.plan.Segments;
import io.plumbline.profile.SampledCells;
import io.plumbline.runtime.input.BadInput;
import io.plumbline.stats.category.CategoryCounts;
import io.plumbline.stats.numeric.NumericSummary;
import io.plumbline.stats.sample.VectorSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a file is told as that, and what is wrong with us is not. */
class DamagedFilesTest {
  private static final int DAMAGES = 400;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() throws Exception {
    write("snappy");
  }

  private void write(String codec) throws Exception {
    file = folder.resolve("whole.parquet");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(
          """
          COPY (
            SELECT i / 7.0 AS number, i %% 50 AS few, 'user' || i AS text,
              CASE WHEN i %% 3 > 0 THEN 'c' || i %% 5 END AS kind, [i, 1]::DOUBLE[] AS list, i %% 2 = 0 AS flag,
              i::DECIMAL(12, 2) AS price
            FROM range(3000) t(i)
          ) TO '%s' (FORMAT parquet, CODEC '%s', ROW_GROUP_SIZE 2048)
          """
              .formatted(file, codec));
    }
  }

  /** Reads all of a file as a run would. */
  private static void readAll(Path path, Summaries summaries) throws IOException {
    InputFiles input = InputFiles.at(path.toString(), "--current");
    for (InputFiles.InputColumn column : input.columns().values()) {
      PlannedFeature.Kind kind =
          switch (column.type().kind()) {
            case STRING, BOOLEAN -> PlannedFeature.Kind.CATEGORICAL;
            case LIST -> PlannedFeature.Kind.EMBEDDING;
            case FLOAT, DOUBLE, INTEGER, DECIMAL, WIDE -> PlannedFeature.Kind.NUMERIC;
            default -> null;
          };
      if (kind == null) {
        continue;
      }
      PlannedFeature feature =
          new PlannedFeature(
              column.name(),
              0,
              kind,
              column,
              true,
              true,
              "feature",
              null,
              10,
              List.of(),
              false,
              null);
      summaries.begin(feature);
      ScanPlan plan = new ScanPlan(List.of(feature), Segments.none(), null, false);
      try (DataReader reader = new DataReader(plan, input)) {
        reader.read(feature, summaries);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"uncompressed", "snappy", "gzip", "zstd"})
  void bytesThatAreWrongOrMissingAreTheFilesFault(String codec) throws Exception {
    write(codec);
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(17);
    int refused = 0;
    for (int i = 0; i < DAMAGES; i++) {
      byte[] damaged = whole.clone();
      // Half of them in the footer and what is near it.
      int from = i % 2 == 0 ? 4 : Math.max(4, whole.length - 3000);
      for (int k = random.nextInt(1, 20); k > 0; k--) {
        damaged[random.nextInt(from, whole.length)] = (byte) random.nextInt(256);
      }
      if (i % 5 == 0) {
        damaged = Arrays.copyOf(damaged, random.nextInt(whole.length));
      }
      Path path = Files.write(folder.resolve("damaged.parquet"), damaged);
      try {
        readAll(path, new Summaries());
      } catch (BadInput e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(DAMAGES / 4);
  }

  @Test
  void aFaultOfOursIsNotTheFiles() {
    assertThatThrownBy(
            () ->
                readAll(
                    file,
                    new Summaries() {
                      @Override
                      public NumericSummary numbers(int segment) {
                        throw new NullPointerException("ours");
                      }
                    }))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("ours");
  }

  private static class Summaries implements FeatureReader.Taker, FeatureSummaries {
    private NumericSummary numbers;
    private CategoryCounts categories;
    private VectorSummary vectors;

    final void begin(PlannedFeature feature) {
      switch (feature.kind()) {
        case NUMERIC ->
            numbers =
                new NumericSummary(Domains.of(feature.column().type()), ProfileFormat.UNSORTED);
        case CATEGORICAL -> categories = new CategoryCounts();
        default -> vectors = VectorSummaries.of(feature, Segments.WHOLE);
      }
    }

    @Override
    public NumericSummary numbers(int segment) {
      return numbers;
    }

    @Override
    public CategoryCounts categories(int segment) {
      return categories;
    }

    @Override
    public VectorSummary vectors(int segment) {
      return vectors;
    }

    @Override
    public void sampled(SampledCells cells) {
      throw new IllegalStateException("no row is sampled");
    }

    @Override
    public FeatureSummaries summaries() {
      return this;
    }

    @Override
    public void known(int segment, KnownQuantiles known) {}

    @Override
    public void read(long rows, long bytes) {}
  }
}
