package io.plumbline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TimedProcessTest {
  @TempDir Path folder;

  @Test
  @EnabledOnOs(OS.LINUX)
  void seesTheMemoryOfWhatAShellStarted() throws Exception {
    // The shell keeps 32 MB, long enough to be looked at; the colon keeps it from becoming sleep.
    TimedProcess took =
        TimedProcess.run(
            folder, "bash", "-c", "bash -c 'printf -v text %33554432s; sleep 1; :'; exit 0");
    assertThat(took.peakMiB()).isBetween(32.0, 500.0);
    assertThat(took.wall()).isGreaterThanOrEqualTo(1);
  }

  @Test
  void failsWithTheProcess() {
    assertThatThrownBy(() -> TimedProcess.run(folder, "bash", "-c", "exit 3"))
        .hasMessageContaining("exit 3");
  }
}
