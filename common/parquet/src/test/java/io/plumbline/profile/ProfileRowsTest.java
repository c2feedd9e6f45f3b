package io.plumbline.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.parquet.FlinkInputFile;
import io.plumbline.parquet.FlinkOutputFile;
import io.plumbline.parquet.TableReader;
import io.plumbline.parquet.TableSchema;
import io.plumbline.parquet.TableWriter;
import io.plumbline.runtime.segment.SegmentValues;
import io.plumbline.stats.category.CategoryCounts;
import io.plumbline.stats.category.CategoryTally;
import io.plumbline.stats.numeric.BinnedReference;
import io.plumbline.stats.numeric.NumericDomain;
import io.plumbline.stats.numeric.NumericSummary;
import io.plumbline.stats.sample.VectorSummary;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Summaries survive as rows of a file. */
class ProfileRowsTest {
  private static final int EXACT = 1 << 20;

  @TempDir Path folder;

  private static ProfileRows.Of of(String kind) {
    return new ProfileRows.Of("f", "", kind);
  }

  /** Through a file and back. */
  private ProfileRow stored(ProfileRow row) throws IOException {
    org.apache.flink.core.fs.Path file =
        new org.apache.flink.core.fs.Path(folder.resolve("profile.parquet").toUri());
    try (TableWriter<ProfileRow> writer =
        TableWriter.create(
            new FlinkOutputFile(file),
            TableSchema.of(ProfileRow.class),
            () -> Map.of("key", "known when it is closed"),
            WriterVersion.PARQUET_2_0)) {
      writer.write(row);
    }
    List<ProfileRow> rows = new ArrayList<>();
    try (ParquetFileReader reader = ParquetFileReader.open(FlinkInputFile.of(file))) {
      assertThat(reader.getFileMetaData().getKeyValueMetaData())
          .containsEntry("key", "known when it is closed");
      new TableReader<>(reader, ProfileRow.class).rowGroup(0).forEachRemaining(rows::add);
    }
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private static NumericSummary doubles(int values, long seed) {
    NumericSummary summary = new NumericSummary(NumericDomain.doubles(), EXACT);
    Random random = new Random(seed);
    for (int i = 0; i < values; i++) {
      summary.addDouble(random.nextGaussian());
      summary.addDouble(0);
    }
    summary.addDouble(Double.NaN);
    summary.addDouble(Double.POSITIVE_INFINITY);
    summary.addDouble(-Double.MAX_VALUE);
    summary.addDouble(Double.MIN_VALUE);
    summary.addNulls(3);
    return summary;
  }

  private static void assertSame(NumericSummary found, NumericSummary expected) {
    assertThat(found.rows()).isEqualTo(expected.rows());
    assertThat(found.nulls()).isEqualTo(expected.nulls());
    assertThat(found.nans()).isEqualTo(expected.nans());
    assertThat(found.infinities()).isEqualTo(expected.infinities());
    assertThat(found.moments().mean()).isEqualTo((Double) expected.moments().mean());
    assertThat(found.moments().sampleStandardDeviation())
        .isEqualTo((Double) expected.moments().sampleStandardDeviation());
    assertThat(found.distribution().exact()).isEqualTo(expected.distribution().exact());
    for (int k = 0; k <= 200; k++) {
      assertThat(found.distribution().quantile(k, 200))
          .isEqualTo((Double) expected.distribution().quantile(k, 200));
    }
  }

  @Test
  void numbersWithAllTheirValues() throws IOException {
    ProfileRow row = stored(ProfileRows.numeric(of("numeric"), doubles(500, 1), 10, EXACT, null));
    assertThat(row.level()).isZero();
    assertThat(row.greatestKeys()).isNull();
    assertSame(ProfileRows.numbers(row, NumericDomain.doubles(), EXACT), doubles(500, 1));
  }

  @Test
  void numbersInCellsKeepTheirBins() throws IOException {
    NumericSummary all = doubles(5000, 2);
    ProfileRow row = stored(ProfileRows.numeric(of("numeric"), all, 10, 64, null));
    NumericSummary found = ProfileRows.numbers(row, NumericDomain.doubles(), EXACT);
    assertThat(found.distribution().exact()).isFalse();
    assertThat(found.distribution().cells(Integer.MAX_VALUE).size()).isLessThanOrEqualTo(64);
    assertThat(found.moments().mean()).isEqualTo(all.moments().mean());
    BinnedReference bins = ProfileRows.bins(row).orElseThrow();
    assertThat(bins.exact()).isTrue();
    // Half of the values are 0: several deciles at once, an atom.
    assertThat(row.bins())
        .anySatisfy(bin -> assertThat(bin.atom() && bin.count() >= 5000).isTrue());
    assertThat(row.bins().stream().mapToLong(ProfileBin::count).sum()).isEqualTo(all.usable());
    assertThat(row.summary().quantiles().get("0.25")).isEqualTo(all.distribution().quantile(1, 4));
  }

  @Test
  void integersBeyondDoublesKeepEveryBit() throws IOException {
    NumericSummary summary = new NumericSummary(NumericDomain.integers(), EXACT);
    long base = 1L << 60;
    for (int i = 0; i < 100; i++) {
      summary.addLong(base + i);
    }
    ProfileRow row = stored(ProfileRows.numeric(of("numeric"), summary, 10, EXACT, null));
    assertThat(row.leastKeys()).startsWith(base, base + 1).hasSize(100);
    assertSame(ProfileRows.numbers(row, NumericDomain.integers(), EXACT), summary);
    BinnedReference bins = ProfileRows.bins(row).orElseThrow();
    assertThat(bins.counts()).containsOnly(10);
  }

  @Test
  void nothingButNulls() throws IOException {
    NumericSummary summary = new NumericSummary(NumericDomain.doubles(), EXACT);
    summary.addNulls(7);
    ProfileRow row = stored(ProfileRows.numeric(of("numeric"), summary, 10, EXACT, null));
    assertThat(row.bins()).isEmpty();
    assertThat(ProfileRows.bins(row)).isEqualTo(Optional.empty());
    assertThat(row.summary().mean()).isNull();
    assertSame(ProfileRows.numbers(row, NumericDomain.doubles(), EXACT), summary);
  }

  @Test
  void categories() throws IOException {
    CategoryCounts counts = new CategoryCounts();
    for (String name : List.of("b", "", "ä", "a", "😀", "a")) {
      counts.add(name.getBytes(StandardCharsets.UTF_8), 2);
    }
    counts.addNulls(5);
    ProfileRow row = stored(ProfileRows.categorical(of("categorical"), counts, null));
    assertThat(row.categories())
        .containsExactly(
            new CategoryTally("", 2),
            new CategoryTally("a", 4),
            new CategoryTally("b", 2),
            new CategoryTally("ä", 2),
            new CategoryTally("😀", 2));
    CategoryCounts found = ProfileRows.categories(row);
    assertThat(found.rows()).isEqualTo(17);
    assertThat(found.nulls()).isEqualTo(5);
  }

  @Test
  void vectors() throws IOException {
    VectorSummary vectors = new VectorSummary(EXACT, 5);
    for (int i = 0; i < 20; i++) {
      vectors.add(i * 0x9E3779B97F4A7C15L, new double[] {i, -i, 0.5}, 3);
    }
    vectors.addNulls(2);
    ProfileRow row = stored(ProfileRows.vectors(of("embedding"), vectors, 10, EXACT));
    VectorSummary found = ProfileRows.vectors(row, EXACT, 5);
    assertThat(found.sample().rows()).isDeepEqualTo(vectors.sample().rows());
    assertThat(found.sample().hashes()).isEqualTo(vectors.sample().hashes());
    assertSame(found.norms(), vectors.norms());
  }

  @Test
  void aRowThatContradictsItselfIsRefused() {
    ProfileRow row = ProfileRows.numeric(of("numeric"), doubles(10, 3), 10, EXACT, null);
    row.counts()[0]++;
    assertThatThrownBy(() -> ProfileRows.numbers(row, NumericDomain.doubles(), EXACT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("contradicts itself");
  }

  private static NumericSummary integers(int limit, boolean repeat) {
    NumericSummary summary = new NumericSummary(NumericDomain.integers(), limit);
    for (int i = 0; i < 5000; i++) {
      summary.addLong(repeat && i == 4999 ? 0 : i + i / 100);
    }
    return summary;
  }

  @Test
  void thatAValueRepeatsOutlastsTheCellsThatHideIt() throws IOException {
    ProfileRows.Of of = new ProfileRows.Of("n", "", "numeric");
    for (boolean repeat : new boolean[] {false, true}) {
      ProfileRow row = stored(ProfileRows.numeric(of, integers(EXACT, repeat), 10, 64, null));
      assertThat(row.hiddenRepeats()).isEqualTo(repeat);
      NumericSummary merged = new NumericSummary(NumericDomain.integers(), EXACT);
      merged.merge(ProfileRows.numbers(row, NumericDomain.integers(), EXACT));
      assertThat(merged.repeats()).isEqualTo(repeat);
      assertThat(ProfileRows.numeric(of, merged, 10, 32, null).hiddenRepeats()).isEqualTo(repeat);
    }
    // Where each value has a cell there is nothing to hide.
    assertThat(ProfileRows.numeric(of, integers(EXACT, true), 10, EXACT, null).hiddenRepeats())
        .isFalse();
  }

  @Test
  void aProfileIsReadWithoutSegmentsAndWhatIsNoFeature() throws IOException {
    CategoryCounts texts = new CategoryCounts();
    texts.add("u".getBytes(StandardCharsets.UTF_8), 2);
    ProfileHeader header =
        new ProfileHeader(
            ProfileHeader.FORMAT,
            "m",
            "",
            true,
            List.of(),
            List.of(),
            List.of(),
            List.of(new ProfileHeader.LeftOut("id", "an identifier")),
            List.of());
    org.apache.flink.core.fs.Path file =
        new org.apache.flink.core.fs.Path(folder.resolve("whole.parquet").toUri());
    try (TableWriter<ProfileRow> writer =
        TableWriter.create(
            new FlinkOutputFile(file),
            TableSchema.of(ProfileRow.class),
            () -> Map.of(ProfileHeader.KEY, header.json()),
            WriterVersion.PARQUET_2_0)) {
      for (String feature : List.of("id", "kind", "other", "id")) {
        for (String segment : List.of("", "s=a", "s=b")) {
          writer.write(
              ProfileRows.categorical(
                  new ProfileRows.Of(feature, segment, "categorical"), texts, null));
        }
      }
    }
    List<ProfileRow> rows = ProfileFile.read(file).rows();
    assertThat(rows).extracting(ProfileRow::feature).containsExactly("kind", "other");
    assertThat(rows).extracting(ProfileRow::segment).containsOnly("");
    assertThat(rows).allSatisfy(row -> assertThat(row.categories()).hasSize(1));
  }

  @Test
  void aHeaderIsReadBackAndOneOfAnotherFormatIsNot() throws IOException {
    ProfileHeader header =
        new ProfileHeader(
            ProfileHeader.FORMAT,
            "credit",
            "v3",
            true,
            List.of(new ProfileHeader.Source("s3://a", "sha256:1", 7)),
            List.of(
                new ProfileHeader.Column(
                    "x", "decimal", 2, "DECIMAL(12,2)", new BigInteger("999"))),
            List.of(new ProfileHeader.Feature("x", "numeric", 10, List.of(), true, false)),
            List.of(new ProfileHeader.LeftOut("id", "an identifier")),
            List.of(new SegmentValues("country", List.of(new SegmentValues.ValueRows("DE", 3)))));
    assertThat(ProfileHeader.parse(header.json())).isEqualTo(header);
    assertThatThrownBy(() -> ProfileHeader.parse("{\"format\": 1}"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a profile of format 1; expected 4");
    assertThatThrownBy(() -> ProfileHeader.parse("{\"format\": 2}"))
        .isInstanceOf(IOException.class);
  }
}
