package io.plumbline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonTest {
  @TempDir Path data;

  private Path pidFile;
  private Daemon daemon;
  private ProcessHandle process;

  @BeforeEach
  void start() {
    ClusterFolder folder = ClusterFolder.of(data);
    folder.create();
    pidFile = folder.pids().resolve("sleeper.pid");
    daemon = new Daemon("sleeper", folder);
    daemon.start(new ProcessBuilder("sleep", "600"));
    process = daemon.process().orElseThrow();
  }

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  /** As if the machine now said that the process was started later by so much. */
  private void shift(Duration by) throws Exception {
    Instant started = process.info().startInstant().orElseThrow();
    Files.writeString(pidFile, process.pid() + " " + started.minus(by));
  }

  @Test
  void aProcessIsFoundThoughTheClockWasSet() throws Exception {
    for (long millis : new long[] {10, -10, 1000, -1000, 4000, -4000}) {
      shift(Duration.ofMillis(millis));
      assertThat(daemon.process()).as("%d ms", millis).contains(process);
    }
  }

  @Test
  void aPidThatWasGivenAnewIsNotOurs() throws Exception {
    for (long seconds : new long[] {6, -6, 3600}) {
      shift(Duration.ofSeconds(seconds));
      assertThat(daemon.process()).as("%d s", seconds).isEmpty();
    }
    Files.writeString(pidFile, "" + process.pid());
    assertThat(daemon.isAlive()).isFalse();
    Files.writeString(pidFile, process.pid() + " yesterday");
    assertThat(daemon.isAlive()).isFalse();
  }

  @Test
  void whatWasKilledIsStillExpected() {
    daemon.kill();
    assertThat(daemon.isAlive()).isFalse();
    assertThat(daemon.isExpected()).isTrue();
    daemon.stop(Duration.ofSeconds(1));
    assertThat(daemon.isExpected()).isFalse();
  }
}
