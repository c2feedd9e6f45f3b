package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Options of commands that would talk to a cluster: what is wrong is told before. */
class WrongOptionsTest {
  private static void refused(String expected, String... args) {
    PrintStream before = System.err;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit;
    try {
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      exit = Plumbline.run(args);
    } finally {
      System.setErr(before);
    }
    assertThat(err.toString(StandardCharsets.UTF_8).lines().findFirst())
        .contains("plumbline: " + expected);
    assertThat(exit).isEqualTo(ExitCode.BAD_INPUT);
  }

  @Test
  void aPortThatThereIsNotIsRefused() {
    refused("--rest-port: expected 1 to 65535, found 99999", "up", "--rest-port=99999");
    refused("--kafka-port: expected 1 to 65535, found -1", "up", "--kafka-port=-1");
    // The two TaskManagers take the next ones.
    refused("--metrics-port: expected 1 to 65533, found 65534", "up", "--metrics-port=65534");
  }

  @Test
  void aCountThatMeansNothingIsRefused() {
    refused("--count: expected at least 1, found -1", "consume", "checks", "--count", "-1");
    refused(
        "--count: not with --latest-only, which prints all there is",
        "consume",
        "checks",
        "--latest-only",
        "--from-start",
        "--count",
        "1");
  }
}
