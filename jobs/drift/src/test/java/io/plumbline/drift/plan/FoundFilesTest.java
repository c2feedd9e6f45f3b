package io.plumbline.drift.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.runtime.input.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoundFilesTest {
  @TempDir Path folder;
  private final List<String> said = new ArrayList<>();

  private Path parquet(String name) throws IOException {
    return write(name, "PAR1....PAR1");
  }

  private Path write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private List<String> found(String uri) {
    FoundFiles found = FoundFiles.at(folder + "/" + uri, "--current", said::add);
    return found.files().stream().map(file -> found.relativeName(file.getPath())).toList();
  }

  private void refused(String uri, String... expected) {
    assertThatThrownBy(() -> found(uri))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("--current: " + folder + "/" + uri + ": ")
        .message()
        .contains(expected);
  }

  @Test
  void allEndingsOfParquetAreRead() throws IOException {
    List<String> names = List.of("a.parquet", "b.PARQUET", "c.parq", "d.Pq", "e.snappy.parquet");
    for (String name : names) {
      parquet("c/" + name);
    }
    assertThat(found("c")).isEqualTo(names);
    assertThat(said).isEmpty();
  }

  @Test
  void filesOfUnknownEndingsAreReadIfTheyBeginAsParquet() throws IOException {
    for (String name : List.of("20240101_0001", "part-0.c000", "000000_0.snappy", "x.2024")) {
      parquet("c/" + name);
    }
    write("c/notes", "no data");
    write("c/short", "PA");
    assertThat(found("c"))
        .containsExactly("000000_0.snappy", "20240101_0001", "part-0.c000", "x.2024");
    assertThat(said)
        .containsExactly("--current: " + folder + "/c: skipped 2 not Parquet (notes, short)");
  }

  @Test
  void whatIsSkippedIsCountedInOneLine() throws IOException {
    parquet("c/a.parquet");
    for (int i = 0; i < 5; i++) {
      write("c/" + i + ".csv", "x\n1\n");
    }
    // Others' files, even if they begin as Parquet does: half written, or put aside.
    parquet("c/b.parquet.tmp");
    parquet("c/_temporary/0/part-0.parquet");
    write("c/_SUCCESS", "");
    write("c/.a.parquet.crc", "crc");
    write("c/empty.parquet", "");
    Files.createSymbolicLink(folder.resolve("c/gone.parquet"), folder.resolve("nowhere"));
    assertThat(found("c")).containsExactly("a.parquet");
    assertThat(said)
        .containsExactly(
            "--current: "
                + folder
                + "/c: skipped 6 not Parquet (0.csv, 1.csv, 2.csv, ...), 1 empty (empty.parquet),"
                + " 3 hidden (.a.parquet.crc, _SUCCESS, _temporary/), 1 broken link (gone.parquet)");
  }

  @Test
  void ourOwnStagingIsNotWorthALine() throws IOException {
    parquet("c/profile.parquet");
    parquet("c/.staging/x/profile.parquet");
    assertThat(found("c")).containsExactly("profile.parquet");
    assertThat(said).isEmpty();
  }

  @Test
  void partitionsAreNeverHiddenAndStayInTheName() throws IOException {
    parquet("c/_p=1/country=DE/a.parquet");
    parquet("c/_p=__HIVE_DEFAULT_PARTITION__/country=a%2Fb/a.parquet");
    assertThat(found("c"))
        .containsExactly(
            "_p=1/country=DE/a.parquet", "_p=__HIVE_DEFAULT_PARTITION__/country=a%2Fb/a.parquet");
    assertThat(found("c/_p=*/")).hasSize(2).allMatch(name -> name.startsWith("_p="));
    assertThat(found("c/_p=1")).containsExactly("country=DE/a.parquet");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "with space",
        "50%",
        "a%20b",
        "a#b",
        "what?",
        "Zürich",
        "数据",
        "a&b=c",
        "a+b",
        "10:30"
      })
  void namesMayHaveAnyLetters(String name) throws IOException {
    parquet(name + "/" + name + ".parquet");
    parquet(name + "/" + name);
    assertThat(found(name)).containsExactly(name, name + ".parquet");
    assertThat(found(name + "/" + name)).containsExactly(name);
    assertThat(found(name + "/*.parquet")).containsExactly(name + ".parquet");
  }

  @Test
  void aFileThatIsNamedIsReadWhateverItsEnding() throws IOException {
    parquet("c/data.csv");
    parquet("c/_hidden");
    assertThat(found("c/data.csv")).containsExactly("data.csv");
    assertThat(found("c/_hidden")).containsExactly("_hidden");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "c/*.parquet | a.parquet b.parquet",
        "c/?.parquet | a.parquet b.parquet",
        "c/[!a].parquet | b.parquet",
        "c/[a-b].parquet | a.parquet b.parquet",
        "c/{a,b}.parquet | a.parquet b.parquet",
        "{c,d}/a.parquet | c/a.parquet d/a.parquet",
        "c/dt=2024-*/ | dt=2024-01/x.parquet dt=2024-02/y.parquet",
        "c/dt=2024-*/x.parquet | dt=2024-01/x.parquet",
        "c/dt=*/*.parquet | dt=2023-12/w.parquet dt=2024-01/x.parquet dt=2024-02/y.parquet",
        "c/**/x.parquet | dt=2024-01/x.parquet",
        "c/**/[ax].parquet | a.parquet dt=2024-01/x.parquet",
        "c/_* | _odd.parquet",
        "c/dt=2024-0[12] | dt=2024-01/x.parquet dt=2024-02/y.parquet",
      })
  void patternsNameFilesAndFolders(String pattern, String names) throws IOException {
    for (String file :
        List.of(
            "c/a.parquet",
            "c/b.parquet",
            "c/_odd.parquet",
            "c/dt=2023-12/w.parquet",
            "c/dt=2024-01/x.parquet",
            "c/dt=2024-02/y.parquet",
            "d/a.parquet")) {
      parquet(file);
    }
    assertThat(found(pattern)).containsExactly(names.split(" "));
    assertThat(said).isEmpty();
  }

  @Test
  void aNameThatIsThereIsNoPattern() throws IOException {
    parquet("c/a[1].parquet");
    parquet("c/a1.parquet");
    parquet("d*/x.parquet");
    parquet("d2/y.parquet");
    assertThat(found("c/a[1].parquet")).containsExactly("a[1].parquet");
    assertThat(found("d*")).containsExactly("x.parquet");
  }

  @Test
  void aPatternIsRefusedIfNothingMatches() throws IOException {
    parquet("c/a.parquet");
    write("c/a.csv", "x");
    refused("c/*.pq", "no file or folder matches");
    refused("d/*.pq", "no file or folder matches");
    refused("c/a.parquet*/", "no file or folder matches");
    refused("c/*.csv", "no Parquet file there (skipped: 1 not Parquet (a.csv))");
    refused("c/b.parquet", "no such file or directory");
  }

  @Test
  void whatLinksLeadToCountsOnce() throws IOException {
    parquet("c/dt=1/a.parquet");
    parquet("outside/b.parquet");
    Files.createSymbolicLink(folder.resolve("c/back"), folder.resolve("c"));
    Files.createSymbolicLink(folder.resolve("c/dt=0"), folder.resolve("c/dt=1"));
    Files.createSymbolicLink(folder.resolve("c/more"), folder.resolve("outside"));
    Files.createSymbolicLink(folder.resolve("c/z.parquet"), folder.resolve("outside/b.parquet"));
    assertThat(found("c")).containsExactly("dt=1/a.parquet", "more/b.parquet");
    assertThat(said)
        .singleElement()
        .asString()
        .contains("3 read already (back/, dt=0/, z.parquet)");
    assertThat(found("c/dt=0")).containsExactly("a.parquet");
  }

  @Test
  void filesBehindHiddenFoldersAreReadThroughTheirLinks() throws IOException {
    // As Kubernetes mounts a volume.
    parquet("c/..2024/a.parquet");
    Files.createSymbolicLink(folder.resolve("c/..data"), Path.of("..2024"));
    Files.createSymbolicLink(folder.resolve("c/a.parquet"), Path.of("..data/a.parquet"));
    assertThat(found("c")).containsExactly("a.parquet");
  }

  @ParameterizedTest
  @CsvSource({
    "_delta_log/00000000000000000000.json, Delta, delta_scan",
    "metadata/v1.metadata.json, Iceberg, iceberg_scan",
    "metadata/00001-x.gz.metadata.json, Iceberg, iceberg_scan",
    ".hoodie/hoodie.properties, Hudi, spark.read",
  })
  void tablesThatKeepDeletedFilesAreRefused(String metadata, String format, String advice)
      throws IOException {
    parquet("t/data/country=DE/a.parquet");
    parquet("t/country=DE/a.parquet");
    write("t/" + metadata, "{}");
    Files.createSymbolicLink(folder.resolve("latest"), Path.of("t/country=DE"));
    for (String uri :
        List.of(
            "t",
            "t/",
            "t/data",
            "t/data/country=DE",
            "t/country=DE",
            "t/*.parquet",
            "t/country=*/",
            "t/country=DE/*.parquet",
            "t/country=DE/*",
            "t/data/*/*.parquet",
            "latest",
            "latest/*.parquet")) {
      refused(uri, "is a", format + " table", advice);
    }
    refused("", format + " table");
    assertThat(found("t/country=DE/a.parquet")).containsExactly("a.parquet");
  }

  @Test
  void aPathThatIsEmptyIsNotTheWorkingDirectory() {
    for (String uri : List.of("", " ")) {
      assertThatThrownBy(() -> FoundFiles.at(uri, "--current", said::add))
          .isInstanceOf(BadInput.class)
          .hasMessage("--current: expected a path, found \"" + uri + "\"");
    }
  }

  @Test
  void aFileThatIsBeingWrittenIsSkipped() throws IOException {
    parquet("c/a.parquet");
    parquet("c/z.parquet.inprogress");
    assertThat(found("c")).containsExactly("a.parquet");
    assertThat(said).singleElement().asString().contains("z.parquet.inprogress");
  }

  @Test
  void aFolderCalledMetadataIsNoTable() throws IOException {
    parquet("t/metadata/a.parquet");
    parquet("t/data/b.parquet");
    assertThat(found("t")).containsExactly("data/b.parquet", "metadata/a.parquet");
  }

  @Test
  void aFolderThatCannotBeListedIsNoEmptyOne() throws IOException {
    parquet("c/a.parquet");
    refused("c/a.parquet/b", "no such file or directory");
  }
}
