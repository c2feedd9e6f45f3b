package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flink's log, which is for who asks for it. */
class LoggingIT {
  @TempDir Path folder;

  private Cli drift(Map<String, String> environment) throws Exception {
    Path numbers = folder.resolve("numbers.parquet");
    Cli.parquet(numbers, "SELECT i AS x FROM range(100) t(i)");
    return Cli.plumblineWith(
        folder,
        environment,
        "",
        "drift",
        "--reference",
        numbers.toString(),
        "--current",
        numbers.toString());
  }

  @Test
  void thereIsNone() throws Exception {
    Cli run = drift(Map.of());
    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
  }

  @Test
  void thereIsOneForWhoAsks() throws Exception {
    Cli run = drift(Map.of("PLUMBLINE_JAVA_OPTS", "-Dplumbline.log=info"));
    assertThat(run.exit()).isZero();
    assertThat(run.err()).contains("INFO").contains("Starting Flink Mini Cluster");
  }
}
