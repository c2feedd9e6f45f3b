package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command, as far as it needs no broker. */
class SimulateTest {
  @TempDir Path folder;

  private record Run(int exit, List<String> out, String err) {}

  private static Run simulate(String... options) {
    List<String> args = new ArrayList<>(List.of("simulate", "--stdout"));
    args.addAll(List.of(options));
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(written, false, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
      int exit = Plumbline.run(args.toArray(String[]::new));
      System.out.flush();
      return new Run(
          exit,
          written.toString(StandardCharsets.UTF_8).lines().toList(),
          told.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  @Test
  void aHistoryIsTheSameEachTimeAndSaysWhatBroke() {
    String start = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(2)).toString();
    String[] options = {"--start", start, "--for", "3m", "--fault", "nulls"};
    Run run = simulate(options);
    assertThat(run.exit()).isZero();
    assertThat(run.out()).hasSizeGreaterThan(18_000).isEqualTo(simulate(options).out());
    assertThat(run.out())
        .allMatch(line -> line.matches("plumbline\\.(predictions|labels|features)\t\\{.*}"));
    assertThat(run.out().stream().filter(l -> l.startsWith("plumbline.predictions")))
        .hasSize(18_000);
    assertThat(run.err())
        .contains(
            "fault nulls at %s in feature bureau_score (of job bureau_report)"
                .formatted(start.replace("00:00Z", "02:00Z")))
        .contains("sent 9,000 predictions by 2 versions");
  }

  @Test
  void aHistoryGoesOnLive() {
    Instant begin = Instant.now().minus(Duration.ofHours(1));
    Run run = simulate("--start", begin.toString(), "--for", "3601s", "--rate", "1");
    Instant end = Instant.now();
    List<Instant> times = predictionTimes(run);
    assertThat(times).hasSize(3601).isSorted();
    assertThat(times.get(0)).isEqualTo(begin.truncatedTo(ChronoUnit.MILLIS));
    assertThat(times.get(3600)).isEqualTo(times.get(0).plusSeconds(3600));
    assertThat(end).isAfterOrEqualTo(begin.plusSeconds(3601));
  }

  /** Of the champion. */
  private static List<Instant> predictionTimes(Run run) {
    return run.out().stream()
        .filter(line -> line.startsWith("plumbline.predictions"))
        .filter(line -> line.contains("\"role\":\"champion\""))
        .map(line -> Instant.parse(line.replaceFirst(".*\"ts\":\"([^\"]*)\".*", "$1")))
        .toList();
  }

  @Test
  void whatIsLiveKeepsItsRateAndItsTimeIsTheClocks() {
    Instant before = Instant.now();
    Run run = simulate("--rate", "100", "--for", "2s", "--fault", "stale", "--fault-at", "1s");
    assertThat(Duration.between(before, Instant.now()))
        .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(20));
    List<Instant> times = predictionTimes(run);
    assertThat(times).hasSize(200);
    assertThat(times.get(0)).isBetween(before.minusMillis(1), Instant.now());
    assertThat(times.get(199)).isEqualTo(times.get(0).plusMillis(1990)).isBefore(Instant.now());
    assertThat(run.err())
        .contains("fault stale at ", "in job spending_profile (features purchases_30d, ");
  }

  @Test
  void theConfigIsWrittenAgainButNoOtherFileIsOverwritten() throws Exception {
    Path world = folder.resolve("world.yaml");
    for (int i = 0; i < 2; i++) {
      assertThat(simulate("--count", "0", "--write-config", world.toString()).exit()).isZero();
      assertThat(Files.readString(world)).contains("- name: bureau_score");
    }
    Path other = Files.writeString(folder.resolve("mine.yaml"), "features: []\n");
    Run refused = simulate("--count", "0", "--write-config", other.toString());
    assertThat(refused.exit()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(refused.err()).contains("mine.yaml: is there already, and not from simulate");
    assertThat(other).hasContent("features: []");
  }

  @Test
  void wrongOptionsAreNamed() throws Exception {
    refused("--rate: expected a number above 0", "--rate", "0");
    refused("--rate: expected a number above 0", "--rate", "NaN");
    refused("--count: expected at least 0", "--count", "-1");
    refused(
        "for skew expected one of spending_30d, income, debt_to_income, utilisation, found 'country'",
        "--fault",
        "skew",
        "--fault-feature",
        "country");
    refused(
        "--fault-feature: fault silent is in no feature",
        "--fault",
        "silent",
        "--fault-feature",
        "income");
    refused("--start: expected a time like", "--start", "yesterday");
    refused("--start: expected a time in the last 365 days", "--start", "2999-01-01T00:00:00Z");
    refused("--start: expected a time in the last 365 days", "--start", "0001-01-01T00:00:00Z");
    refused("--for: expected at most 365d", "--for", "366d");
    refused("--fault-at: expected at most 365d", "--fault-at", "999999999d");
    refused("--label-delay: expected at most 365d", "--label-delay", "9000h");
    Path mapped =
        Files.writeString(
            folder.resolve("mapped.yaml"),
            "kafka: {topics: {labels: {fields: {label: /truth}}}}\n");
    refused("kafka.topics.labels.fields: simulate writes", "--config", mapped.toString());
  }

  private static void refused(String expected, String... options) {
    Run run = simulate(options);
    assertThat(run.err()).contains(expected);
    assertThat(run.exit()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.out()).isEmpty();
  }
}
