package io.plumbline.drift.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartitionsTest {
  @Test
  void foldersGiveTextsAndTheFileItselfNone() {
    assertThat(Partitions.of("country=DE/dt=2026-11-24/part=0.parquet"))
        .containsExactly(Map.entry("country", "DE"), Map.entry("dt", "2026-11-24"));
    assertThat(Partitions.of("country=DE.parquet")).isEmpty();
    assertThat(Partitions.of("plain/=x/_p=1/a.parquet")).containsExactly(Map.entry("_p", "1"));
    assertThat(Partitions.of("a=/f")).containsExactly(Map.entry("a", ""));
    assertThat(Partitions.of("a=b=c/f")).containsExactly(Map.entry("a", "b=c"));
  }

  @Test
  void ofOneColumnTheInnermostCounts() {
    assertThat(Partitions.of("a=1/b=2/a=3/f")).isEqualTo(Map.of("a", "3", "b", "2"));
  }

  @Test
  void hivesNullIsNull() {
    assertThat(Partitions.of("a=__HIVE_DEFAULT_PARTITION__/f")).containsEntry("a", null);
  }

  @Test
  void namesArePercentDecoded() {
    assertThat(Partitions.of("a%20b=x%2Fy%3d1/f")).containsExactly(Map.entry("a b", "x/y=1"));
    assertThat(Partitions.of("a=Z%C3%BCrich/f")).containsExactly(Map.entry("a", "Zürich"));
    assertThat(Partitions.of("a=Zürich%2F/f")).containsExactly(Map.entry("a", "Zürich/"));
  }

  @Test
  void whatIsNotEncodedStandsForItself() {
    assertThat(Partitions.of("a=100%/f")).containsExactly(Map.entry("a", "100%"));
    assertThat(Partitions.of("a=5%zz/f")).containsExactly(Map.entry("a", "5%zz"));
    assertThat(Partitions.of("a=x%FFy/f")).containsExactly(Map.entry("a", "x%FFy"));
    assertThat(Partitions.of("a=%٣٤/f")).containsExactly(Map.entry("a", "%٣٤"));
  }

  @Test
  void numbersAreWhatFilesCouldHave() {
    assertThat(FolderNumber.of("2024")).contains(new FolderNumber(true, 2024, 2024));
    assertThat(FolderNumber.of("-07")).contains(new FolderNumber(true, -7, -7));
    assertThat(FolderNumber.of("9223372036854775807").orElseThrow().integer())
        .isEqualTo(Long.MAX_VALUE);
    assertThat(FolderNumber.of("9223372036854775808")).contains(new FolderNumber(false, 0, 0x1p63));
    assertThat(FolderNumber.of("1.50")).contains(new FolderNumber(false, 0, 1.5));
    assertThat(FolderNumber.of("1e3")).contains(new FolderNumber(false, 0, 1000));
    for (String other :
        Set.of(
            "",
            "-",
            "+",
            "x",
            "1_000",
            " 1",
            "0x1",
            "1d",
            "NaN",
            "inf",
            "1e400",
            "٣",
            "2026-01-01")) {
      assertThat(FolderNumber.of(other)).as(other).isEmpty();
    }
  }

  @Test
  void pandasNamesItsIndex() {
    assertThat(index("{\"columns\":[{\"name\":\"a\"}],\"index_columns\":[\"id\",\"b\"]}"))
        .containsExactlyInAnyOrder("id", "b");
    assertThat(index("{\"index_columns\":[{\"kind\":\"range\",\"name\":\"x\",\"start\":0}]}"))
        .isEmpty();
    assertThat(index("{\"columns\":[{\"index_columns\":[\"x\"]}]}")).isEmpty();
    assertThat(PandasIndex.of(Map.of())).isEmpty();
    for (String other :
        Set.of(
            "",
            "x",
            "[]",
            "{\"index_columns\":",
            "{\"index_columns\":[\"x\"",
            "{\"index_columns\":\"x\"}")) {
      assertThat(index(other)).as(other).isEmpty();
    }
  }

  private static Set<String> index(String json) {
    return PandasIndex.of(Map.of("pandas", json));
  }
}
