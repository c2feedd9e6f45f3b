package io.plumbline.featurehealth.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.runtime.config.FeatureConfig;
import io.plumbline.runtime.parquet.FlinkOutputFile;
import io.plumbline.runtime.parquet.TableSchema;
import io.plumbline.runtime.parquet.TableWriter;
import io.plumbline.runtime.profile.ProfileHeader;
import io.plumbline.runtime.profile.ProfileRow;
import io.plumbline.runtime.profile.ProfileRows;
import io.plumbline.runtime.segment.SegmentValues;
import io.plumbline.runtime.segment.SegmentValues.ValueRows;
import io.plumbline.stats.category.CategoryCounts;
import io.plumbline.stats.numeric.NumericDomain;
import io.plumbline.stats.numeric.NumericSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is expected of a feature where a model's version has a reference. */
class ReferenceProfilesTest {
  @TempDir Path folder;

  /** Of 100 incomes from 1 to 99, one null, and of two countries. */
  private Path profile() throws IOException {
    NumericSummary incomes = new NumericSummary(NumericDomain.doubles(), 1000);
    for (int i = 1; i < 100; i++) {
      incomes.addDouble(i);
    }
    incomes.addNulls(1);
    CategoryCounts countries = new CategoryCounts();
    countries.add("DE".getBytes(StandardCharsets.UTF_8), 60);
    countries.add("FR".getBytes(StandardCharsets.UTF_8), 40);
    ProfileHeader header =
        new ProfileHeader(
            ProfileHeader.FORMAT,
            "credit",
            "v3",
            true,
            List.of(new ProfileHeader.Source("a", "sha256:1", 100)),
            List.of(),
            List.of(),
            List.of(),
            List.of(
                new SegmentValues(
                    "country", List.of(new ValueRows("FR", 60), new ValueRows("DE", 40)))));
    Path file = folder.resolve("profile.parquet");
    try (TableWriter<ProfileRow> writer =
        TableWriter.create(
            new FlinkOutputFile(new org.apache.flink.core.fs.Path(file.toUri())),
            TableSchema.of(ProfileRow.class),
            () -> Map.of(ProfileHeader.KEY, header.json()),
            WriterVersion.PARQUET_2_0)) {
      writer.write(
          ProfileRows.numeric(
              new ProfileRows.Of("income", "", "numeric"), incomes, 10, 1000, null));
      writer.write(
          ProfileRows.categorical(
              new ProfileRows.Of("country", "", "categorical"), countries, null));
    }
    return file;
  }

  private static Registry registry(Path reference) {
    return Registries.of(
        """
        features:
          - {name: income, type: numeric}
          - {name: age, type: numeric, range: {max: 120}}
        models:
          - name: credit
            features: [income, age]
            segments: [{column: country, max_values: 1}]
            versions: [{version: v3, reference: "%s"}]
        """
            .formatted(reference));
  }

  @Test
  void whatTheRegistryLeavesOpenTheReferenceSays() throws IOException {
    Path file = profile();
    for (Path reference : List.of(folder, file)) {
      Registry registry = registry(reference);
      Expectation income = registry.expectation("credit", "v3", "income");
      assertThat(income.type()).isEqualTo(FeatureConfig.Type.NUMERIC);
      assertThat(income.min()).isEqualTo(1);
      assertThat(income.max()).isEqualTo(99);
      assertThat(income.outOfRangeChance()).isEqualTo(2.0 / 100);
      assertThat(income.trainingRows()).isEqualTo(100);
      assertThat(income.trainingNulls()).isEqualTo(1);
      Expectation country = registry.expectation("credit", "v3", "country");
      assertThat(country.registered()).isFalse();
      assertThat(country.categories().contains("FR")).isTrue();
      assertThat(country.categories().contains("NL")).isFalse();
      // The user's range goes before the reference's.
      assertThat(registry.expectation("credit", "v3", "age").max()).isEqualTo(120);
      assertThat(registry.expectation("credit", "v3", "age").outOfRangeChance()).isZero();
      assertThat(registry.segments("credit", "v3"))
          .singleElement()
          .satisfies(
              column -> {
                // Of a profile with two by name the one that most rows have.
                assertThat(column.size()).isEqualTo(3);
                assertThat(column.text(0)).isEqualTo("country=FR");
              });
      assertThat(registry.expectation("credit", "v4", "income").hasRange()).isFalse();
    }
  }

  @Test
  void whatIsNoProfileStopsNothing() throws IOException {
    Path damaged = profile();
    byte[] bytes = Files.readAllBytes(damaged);
    Files.write(damaged, Arrays.copyOf(bytes, bytes.length / 2));
    for (Path reference :
        List.of(
            damaged, folder.resolve("nowhere"), Files.createFile(folder.resolve("x.parquet")))) {
      Registry registry = registry(reference);
      assertThat(registry.expectation("credit", "v3", "income").hasRange()).isFalse();
      assertThat(registry.segments("credit", "v3").get(0).size()).isEqualTo(2);
    }
  }

  @Test
  void aProfileThatComesLaterIsFound() throws IOException {
    ReferenceProfiles references = new ReferenceProfiles(1000);
    assertThat(references.at(folder.toString())).isEmpty();
    assertThat(references.retry()).isFalse();
    profile();
    assertThat(references.at(folder.toString())).isEmpty();
    assertThat(references.retry()).isTrue();
    assertThat(references.at(folder.toString())).isPresent();
    assertThat(references.retry()).isFalse();
  }
}
