package io.plumbline.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class OwnOptionsTest {
  private final CommandLine submit = new CommandLine(new SubmitCommand());

  private void refused(String expected, String job, String... options) {
    assertThatThrownBy(() -> OwnOptions.check(submit, job, List.of(options)))
        .isInstanceOf(ParameterException.class)
        .hasMessageStartingWith(expected)
        .hasMessageContaining("; its options: --")
        .hasMessageContaining("--parallelism");
  }

  @Test
  void whatAJobDoesNotTakeIsNamedWithWhatItTakes() {
    refused("feature-health: Unknown options: '--bogus', '3'", "feature-health", "--bogus", "3");
    refused("archive: Invalid value for option '--parallelism'", "archive", "--parallelism", "x");
    refused(
        "drift: Unknown option: '--bogus'",
        "drift",
        "--reference",
        "r",
        "--current",
        "c",
        "--bogus");
  }

  @Test
  void whatAJobTakesIsLeftToIt() {
    OwnOptions.check(submit, "feature-health", List.of("--config", "p.yaml", "--parallelism", "2"));
    OwnOptions.check(
        submit, "drift", List.of("--reference", "r", "--current", "c", "--parallelism", "2"));
    assertThat(submit.getUsageMessage()).contains("--parallelism N", "'plumbline drift'");
  }
}
