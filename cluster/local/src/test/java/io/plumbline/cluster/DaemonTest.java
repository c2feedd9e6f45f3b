package io.plumbline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which process a pid file means. */
class DaemonTest {
  @TempDir Path folder;
  private ClusterFolder data;
  private Daemon daemon;

  @BeforeEach
  void folder() throws IOException {
    data = ClusterFolder.of(folder);
    data.create();
    daemon = new Daemon("kafka", data);
  }

  private void write(String pidFile) throws IOException {
    Files.writeString(data.pids().resolve("kafka.pid"), pidFile);
  }

  /** The pid of this process with a start that is so far from its own. */
  private void writeOwn(Duration off) throws IOException {
    ProcessHandle own = ProcessHandle.current();
    Instant start = own.info().startInstant().orElseThrow();
    write(own.pid() + " " + start.plus(off));
  }

  @Test
  void theStartOfAProcessMayBeReadALittleDifferently() throws IOException {
    for (long millis : new long[] {0, 10, -10, 1000, -1000}) {
      writeOwn(Duration.ofMillis(millis));
      assertThat(daemon.process()).as(millis + " ms").contains(ProcessHandle.current());
    }
  }

  @Test
  void aPidThatWasGivenAnewIsNotOurs() throws IOException {
    for (long seconds : new long[] {3, -3, 1_000_000}) {
      writeOwn(Duration.ofSeconds(seconds));
      assertThat(daemon.process()).as(seconds + " s").isEmpty();
    }
  }

  @Test
  void aFileThatSaysNoStartMeansNoProcess() throws IOException {
    for (String start : new String[] {"", " ", " unknown", " what no process has written"}) {
      write(ProcessHandle.current().pid() + start);
      assertThat(daemon.process()).as(start).isEmpty();
    }
    assertThat(new Daemon("jobmanager", data).process()).isEmpty();
  }
}
