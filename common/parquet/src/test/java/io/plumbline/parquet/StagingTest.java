package io.plumbline.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {
  @TempDir Path folder;
  private Path all;

  @BeforeEach
  void all() {
    all = folder.resolve("tables/.staging");
  }

  /** A run in a process of its own, which never ends by itself. */
  static final class Run {
    private Run() {}

    public static void main(String[] args) throws Exception {
      Staging staging = Staging.open(new org.apache.flink.core.fs.Path(args[0]));
      Files.writeString(Path.of(staging.file("half.parquet").toUri().getPath()), "PAR1");
      System.out.println("staged");
      Thread.sleep(Long.MAX_VALUE);
    }
  }

  private Process start() throws IOException {
    Process run =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Run.class.getName(),
                folder.resolve("tables").toString())
            .redirectError(folder.resolve("log.txt").toFile())
            .start();
    assertThat(run.inputReader().readLine())
        .as(Files.readString(folder.resolve("log.txt")))
        .isEqualTo("staged");
    return run;
  }

  private Staging open() throws IOException {
    return Staging.open(new org.apache.flink.core.fs.Path(folder.resolve("tables").toString()));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> children = Files.list(all)) {
      return children.map(child -> child.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theNextRunRemovesWhatAKilledOneLeft() throws Exception {
    Process run = start();
    List<String> ofIt = names();
    assertThat(ofIt).hasSize(2);
    // It goes on: nothing of it is touched, by however many others.
    for (int i = 0; i < 2; i++) {
      open().close();
      assertThat(names()).isEqualTo(ofIt);
    }
    assertThat(all.resolve(ofIt.get(0)).resolve("half.parquet")).exists();
    run.destroyForcibly();
    assertThat(run.waitFor(1, TimeUnit.MINUTES)).isTrue();
    try (Staging next = open()) {
      assertThat(names()).hasSize(2).doesNotContainAnyElementsOf(ofIt);
      Files.writeString(Path.of(next.file("x").toUri().getPath()), "");
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void runsOfOneProcessLeaveEachOtherAlone() throws Exception {
    try (Staging first = open();
        Staging second = open()) {
      assertThat(names()).hasSize(4);
      assertThat(first.file("x").getParent()).isNotEqualTo(second.file("x").getParent());
      Process other = start();
      // Neither has it taken the lock of the other by looking.
      assertThat(names()).hasSize(6);
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void filesOfNobodyGo() throws Exception {
    Files.createDirectories(all.resolve("of-nobody"));
    Files.writeString(all.resolve("of-nobody/x.parquet"), "PAR1");
    Files.writeString(all.resolve("drift_results-drift-2026-11-23-x.parquet"), "PAR1");
    open().close();
    assertThat(names()).isEmpty();
  }

  @Test
  void aLockWithoutAFolderMayBeOfARunThatBegins() throws Exception {
    Files.createDirectories(all);
    Path begun = Files.createFile(all.resolve("begins.lock"));
    open().close();
    assertThat(begun).exists();
    Files.setLastModifiedTime(
        begun, FileTime.from(Instant.now().minus(Duration.ofDays(1)).minusSeconds(60)));
    open().close();
    assertThat(begun).doesNotExist();
  }
}
