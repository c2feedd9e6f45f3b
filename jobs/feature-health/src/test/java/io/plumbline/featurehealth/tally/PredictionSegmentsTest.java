package io.plumbline.featurehealth.tally;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.Prediction;
import io.plumbline.featurehealth.registry.Registries;
import io.plumbline.parquet.FlinkOutputFile;
import io.plumbline.parquet.TableSchema;
import io.plumbline.parquet.TableWriter;
import io.plumbline.profile.ProfileHeader;
import io.plumbline.profile.ProfileRow;
import io.plumbline.profile.ProfileRows;
import io.plumbline.runtime.decode.PredictionDecoder;
import io.plumbline.runtime.segment.SegmentValues;
import io.plumbline.runtime.segment.SegmentValues.ValueRows;
import io.plumbline.stats.numeric.NumericDomain;
import io.plumbline.stats.numeric.NumericSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In which segments predictions are counted. */
class PredictionSegmentsTest {
  @TempDir Path folder;

  private final PredictionDecoder decoder = new PredictionDecoder(Map.of(), 32, 100);

  private void add(PredictionFold fold, String rest) throws IOException {
    add(fold, "v", rest);
  }

  private void add(PredictionFold fold, String version, String rest) throws IOException {
    String json =
        "{\"prediction_id\":\"p\",\"model\":\"credit\",\"model_version\":\"%s\",\"ts\":1,%s}"
            .formatted(version, rest);
    Prediction event;
    try {
      event = decoder.decode(json.getBytes(StandardCharsets.UTF_8));
    } catch (io.plumbline.runtime.ingest.Malformed e) {
      throw new AssertionError(json, e);
    }
    fold.add(event, 1);
  }

  private static PredictionFold fold(String config, long limit) {
    PredictionFold fold = new PredictionFold(Registries.fixed(config), 1000, limit);
    fold.open(1 << 20);
    return fold;
  }

  /** How many predictions had an income, by segment. */
  private static Map<String, Long> incomes(PredictionFold fold) {
    Map<String, Long> rows = new TreeMap<>();
    fold.flush(
        1000,
        block -> {
          FeatureBlock.Entry income = block.features().get("income");
          if (income != null) {
            rows.merge(block.segment(), income.tally().counts().all().rows(), Long::sum);
          }
        });
    return rows;
  }

  /** A profile by whose segments, but not its features, predictions are counted. */
  private void writeProfile(String... names) throws IOException {
    List<ValueRows> values = List.of(names).stream().map(name -> new ValueRows(name, 10)).toList();
    ProfileHeader header =
        new ProfileHeader(
            ProfileHeader.FORMAT,
            "credit",
            "v",
            true,
            List.of(new ProfileHeader.Source("a", "sha256:1", 100)),
            List.of(),
            List.of(),
            List.of(),
            List.of(new SegmentValues("name", values)));
    try (TableWriter<ProfileRow> writer =
        TableWriter.create(
            new FlinkOutputFile(
                new org.apache.flink.core.fs.Path(folder.resolve("profile.parquet").toUri())),
            TableSchema.of(ProfileRow.class),
            () -> Map.of(ProfileHeader.KEY, header.json()),
            WriterVersion.PARQUET_2_0)) {
      writer.write(
          ProfileRows.numeric(
              new ProfileRows.Of("income", "", "numeric"),
              new NumericSummary(NumericDomain.doubles(), 10),
              10,
              10,
              null));
    }
  }

  private static final String SEGMENT = "\"features\":{\"income\":1},\"segments\":{\"name\":%s}";

  @Test
  void valuesThatAreCalledAsOursAreCountedApart() throws IOException {
    writeProfile(
        "", "__other__", "__new__", "\"quoted\"", "\"__other__\"", "back\\slash", "a=b", "eighth");
    PredictionFold fold =
        fold(
            """
            features: [{name: income, type: numeric}]
            models:
              - name: credit
                features: [income]
                segments: [{column: name, max_values: 7}]
                versions: [{version: v, reference: "%s"}]
            """
                .formatted(folder),
            1000);
    List<String> json =
        List.of(
            "null",
            "\"\"",
            "\"__other__\"",
            "\"__new__\"",
            "\"\\\"quoted\\\"\"",
            "\"\\\"__other__\\\"\"",
            "\"back\\\\slash\"",
            "\"a=b\"",
            "\"eighth\"",
            "\"unknown\"",
            "\"__unknown__\"");
    for (String value : json) {
      add(fold, SEGMENT.formatted(value));
    }
    // A column that is not there is null too.
    add(fold, "\"features\":{\"income\":1}");
    Map<String, Long> expected = new TreeMap<>();
    expected.put("", 12L);
    expected.put("name=", 2L);
    expected.put("name=\"\"", 1L);
    expected.put("name=\"__other__\"", 1L);
    expected.put("name=\"__new__\"", 1L);
    expected.put("name=\"\\\"quoted\\\"\"", 1L);
    expected.put("name=\"\\\"__other__\\\"\"", 1L);
    expected.put("name=back\\slash", 1L);
    expected.put("name=a=b", 1L);
    expected.put("name=__other__", 3L);
    assertThat(incomes(fold)).isEqualTo(expected);
  }

  private static final String BY_CATEGORIES =
      """
      features:
        - {name: income, type: numeric}
        - {name: name, type: categorical, categories: [DE, "7", "true"]}
      models:
        - {name: credit, features: [income], segments: [{column: name}], versions: [{version: v}]}
      """;

  private static final String FEATURE = "\"features\":{\"income\":1,\"name\":%s}";

  @Test
  void withoutAWordOfTheEventTheFeatureOfTheColumnsNameDecides() throws IOException {
    PredictionFold fold = fold(BY_CATEGORIES, 1000);
    for (String value : List.of("\"DE\"", "7", "7.0", "true", "null", "\"\"", "[1]", "0.5", "{}")) {
      add(fold, FEATURE.formatted(value));
    }
    // Two other lists of names: the feature stands elsewhere, and is known by its time alone.
    add(fold, "\"features\":{\"name\":\"DE\",\"income\":1}");
    add(fold, "\"features\":{\"income\":1},\"feature_times\":{\"name\":1}");
    // What the event says goes before the feature, also where it says null.
    add(fold, FEATURE.formatted("\"DE\"") + ",\"segments\":{\"name\":null}");
    add(fold, FEATURE.formatted("\"DE\"") + ",\"segments\":{\"name\":\"XX\",\"other\":\"DE\"}");
    Map<String, Long> expected = new TreeMap<>();
    expected.put("", 13L);
    expected.put("name=DE", 2L);
    expected.put("name=7", 2L);
    expected.put("name=true", 1L);
    expected.put("name=", 3L);
    expected.put("name=__other__", 5L);
    assertThat(incomes(fold)).isEqualTo(expected);
  }

  @Test
  void versionsWithTheSameListsOfNamesInTurnFindTheirOwnColumns() throws IOException {
    PredictionFold fold =
        fold(
            """
            features: [{name: income, type: numeric}, {name: name, type: categorical, categories: [DE, FR]}]
            models:
              - name: credit
                features: [income]
                segments: [{column: name}]
                versions: [{version: v}, {version: w, role: shadow}]
            """,
            1000);
    for (int i = 0; i < 3; i++) {
      for (String version : List.of("v", "w")) {
        add(fold, version, FEATURE.formatted("\"DE\""));
        add(fold, version, "\"features\":{\"name\":\"FR\",\"x\":1,\"income\":1}");
      }
    }
    assertThat(incomes(fold)).isEqualTo(Map.of("", 12L, "name=DE", 6L, "name=FR", 6L));
  }

  @Test
  void aFeatureThatIsASegmentColumnNeverFallsUnderTheCap() throws IOException {
    PredictionFold fold =
        fold(
            """
            features: [{name: income, type: numeric}]
            models:
              - {name: credit, features: [income], segments: [{column: name}], versions: [{version: v}]}
            """,
            0);
    add(fold, "\"features\":{\"income\":1,\"other\":\"x\",\"name\":\"DE\"}");
    add(fold, "\"features\":{\"income\":1,\"other\":\"x\",\"name\":null}");
    assertThat(incomes(fold)).isEqualTo(Map.of("", 2L, "name=", 1L, "name=__other__", 1L));
  }

  @Test
  void aRegisteredModelKeepsItsNameWhereItsVersionsAreTooMany() throws IOException {
    PredictionFold fold = fold(BY_CATEGORIES, 0);
    for (int i = 0; i < 3; i++) {
      add(fold, "v" + i, SEGMENT.formatted("\"DE\""));
    }
    add(fold, SEGMENT.formatted("\"DE\""));
    Map<String, Long> rows = new TreeMap<>();
    fold.flush(
        1000,
        block -> {
          if (block.features().containsKey("income")) {
            rows.merge(
                block.model() + "/" + block.modelVersion() + "/" + block.segment(),
                block.features().get("income").tally().counts().all().rows(),
                Long::sum);
          }
        });
    assertThat(rows)
        .isEqualTo(
            Map.of(
                "credit/v/", 1L,
                "credit/v/name=DE", 1L,
                "credit/__other__/", 3L,
                "credit/__other__/name=DE", 3L));
  }

  @Test
  void segmentsOfABlockTravelAsTheyAre() throws IOException {
    PredictionFold fold = fold(BY_CATEGORIES, 1000);
    add(fold, SEGMENT.formatted("null"));
    add(fold, SEGMENT.formatted("\"\""));
    Map<String, Long> rows = new TreeMap<>();
    FeatureBlockForm form = new FeatureBlockForm();
    fold.flush(
        1000,
        block -> {
          try {
            DataOutputSerializer out = new DataOutputSerializer(64);
            form.write(block, out);
            FeatureBlock read = form.read(new DataInputDeserializer(out.getCopyOfBuffer()));
            read.features()
                .values()
                .forEach(entry -> rows.put(read.segment(), entry.tally().rows()));
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    assertThat(rows).isEqualTo(Map.of("", 2L, "name=", 1L, "name=__other__", 1L));
  }
}
