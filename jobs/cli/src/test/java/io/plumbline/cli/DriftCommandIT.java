package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./plumbline drift} itself. */
class DriftCommandIT {
  @TempDir Path folder;
  private String reference;
  private String current;

  @BeforeEach
  void twoDays() throws Exception {
    reference = folder.resolve("reference.parquet").toString();
    current = folder.resolve("day-2026-11-23.parquet").toString();
    Cli.parquet(
        Path.of(reference),
        "SELECT i % 100 AS amount, 'c' || i % 3 AS kind, i::DOUBLE AS n FROM range(2000) t(i)");
    Cli.parquet(
        Path.of(current),
        "SELECT i % 100 + 80 AS amount, 'c' || i % 3 AS kind, i::DOUBLE AS n FROM range(2000) t(i)");
  }

  @Test
  void printsATableAndAVerdictAndWritesTheTables() throws Exception {
    Cli run =
        Cli.plumbline(
            folder,
            "drift",
            "--reference",
            reference,
            "--current",
            "day-{date}.parquet",
            "--date",
            "2026-11-23",
            "--parallelism",
            "1");
    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    String[] lines = run.out().split("\n", -1);
    assertThat(lines[0]).startsWith("feature  type");
    assertThat(lines[1]).matches("amount +numeric +2,000 +0.0 % .* high +█+·*");
    assertThat(lines[lines.length - 3])
        .matches("not drifted: 1 of 3 features drifted .*; [0-9.]+ s, [0-9,]+ rows/s");
    String report = "plumbline-data/tables/reports/drift-2026-11-23,default,reference.parquet.html";
    assertThat(lines[lines.length - 2]).isEqualTo("report: " + report);
    assertThat(folder.resolve(report))
        .content()
        .contains("not drifted: 1 of 3", "PSI")
        .endsWith("</html>\n");
    assertThat(folder.resolve("plumbline-data/tables/metric_points")).isDirectory();
    assertThat(folder.resolve("plumbline-data/tables/drift_results")).isDirectory();
    assertThat(folder.resolve("plumbline-data/tables/.staging")).isEmptyDirectory();
  }

  @Test
  void jsonIsOneDocumentAndNothingElse() throws Exception {
    Cli run =
        Cli.plumbline(
            folder,
            "drift",
            "--reference",
            reference,
            "--current",
            current,
            "--format",
            "json",
            "--model",
            "credit",
            "--fdr",
            "0.05",
            "--fail-on",
            "high",
            "--report",
            "day.html");
    assertThat(run.exit()).isEqualTo(ExitCode.FAIL_ON);
    assertThat(run.err().lines()).endsWith("report: day.html");
    assertThat(folder.resolve("day.html")).isNotEmptyFile();
    JsonNode document = new ObjectMapper().readTree(run.out());
    assertThat(document.at("/run/model").asText()).isEqualTo("credit");
    assertThat(document.at("/run/left_out").isArray()).isTrue();
    assertThat(document.at("/verdict/by_severity/high").asInt()).isEqualTo(1);
    assertThat(document.at("/verdict/share").asDouble()).isEqualTo(1.0 / 3);
    JsonNode amount = document.at("/features/0");
    assertThat(amount.get("feature").asText()).isEqualTo("amount");
    assertThat(amount.get("q_value").isNumber()).isTrue();
    assertThat(amount.get("chi2_statistic").isNull()).isTrue();
    assertThat(amount.at("/reference/quantiles/0.5").asDouble()).isEqualTo(49.5);
    assertThat(amount.at("/bins/0/from").isNull()).isTrue();
    assertThat(run.out()).doesNotContain("NaN").doesNotContain("Infinity");
  }

  @Test
  void explainsInWordsBelowTheTable() throws Exception {
    Cli run =
        Cli.plumbline(
            folder,
            "drift",
            "--reference",
            reference,
            "--current",
            current,
            "--segment-by",
            "kind",
            "--explain",
            "amount,kind",
            "--explain",
            "n");
    assertThat(run.exit()).isZero();
    assertThat(run.out().lines().allMatch(line -> line.length() <= 80 || !line.startsWith("  ")))
        .isTrue();
    String words = run.out().substring(run.out().indexOf("rows/s")).replaceAll("\\s+", " ");
    // Every value is 80 more; the standard deviation of 0 to 99 is 28.87, and 80 / 28.87 = 2.771.
    assertThat(words)
        .contains(
            "amount (numeric): high what moved The median rose from 49.5 to 129.5: +80, 2.771")
        .contains("how much Severity high (PSI")
        .contains("in fewer than 1 of 1,000,000 such samples")
        .contains("missing No cell is missing on either side.")
        .contains("segments By kind: all 3 segments moved about alike")
        .contains("kind (categorical): none what moved Every category kept its share.")
        .contains("n (numeric): none what moved The median stayed at 999.5.");
  }

  @Test
  void explainsInTheDocumentWhatIsNamed() throws Exception {
    Cli run =
        Cli.plumbline(
            folder,
            "drift",
            "--reference",
            reference,
            "--current",
            current,
            "--format",
            "json",
            "--explain",
            "amount");
    JsonNode document = new ObjectMapper().readTree(run.out());
    JsonNode amount = document.at("/features/0");
    assertThat(amount.at("/explanation/0").asText()).startsWith("The median rose from 49.5");
    assertThat(document.at("/features/1").has("explanation")).isFalse();
  }

  @Test
  void drawsWhatDrifted() throws Exception {
    Cli run =
        Cli.plumbline(
            folder,
            "drift",
            "--reference",
            reference,
            "--current",
            current,
            "--histograms",
            "--no-report");
    assertThat(run.exit()).isZero();
    String[] lines =
        run.out().substring(run.out().indexOf("amount (numeric): high")).split("\n", -1);
    assertThat(lines[1]).matches(" +reference +current");
    assertThat(lines[2]).matches("  below 9.9 +10.0 % █+[▏▎▍▌▋▊▉]? +0.0 %");
    // 80 to 179: nine tenths are 89.1 or more.
    assertThat(lines[11]).matches("  89.1 and above +10.0 % █+[▏▎▍▌▋▊▉]? +90.0 % █+");
    assertThat(lines).hasSize(13);
    assertThat(lines).allMatch(line -> line.length() <= 80);
  }

  @Test
  void failsOnWhatIsAskedFor() throws Exception {
    String[] args = {
      "drift", "--reference", reference, "--current", current, "--fail-on", "", "--no-report"
    };
    args[6] = "drifted";
    Cli run = Cli.plumbline(folder, args);
    assertThat(run.exit()).isZero();
    assertThat(run.out()).doesNotContain("report");
    assertThat(folder.resolve("plumbline-data/tables/reports")).doesNotExist();
    Cli lower =
        Cli.plumbline(
            folder,
            "drift",
            "--reference",
            reference,
            "--current",
            current,
            "--dataset-share",
            "0.3",
            "--fail-on",
            "drifted");
    assertThat(lower.exit()).isEqualTo(ExitCode.FAIL_ON);
  }

  @Test
  void aDayWithoutRowsPassesNoGate() throws Exception {
    Path empty = folder.resolve("empty.parquet");
    Cli.parquet(empty, "SELECT * FROM '%s' LIMIT 0".formatted(current));
    String[] drift = {
      "drift", "--reference", reference, "--current", empty.toString(), "--no-report"
    };
    assertThat(Cli.plumbline(folder, drift).exit()).isZero();
    String[] gated = Arrays.copyOf(drift, drift.length + 2);
    gated[drift.length] = "--fail-on";
    gated[drift.length + 1] = "drifted";
    Cli run = Cli.plumbline(folder, gated);
    assertThat(run.exit()).isEqualTo(ExitCode.FAIL_ON);
    assertThat(run.err()).contains("--fail-on: " + empty + " has no rows: nothing was judged");
  }

  @Test
  void helpTellsOptionsAndExitCodes() throws Exception {
    Cli help = Cli.plumbline(folder, "drift", "--help");
    assertThat(help.exit()).isZero();
    assertThat(help.out())
        .contains("--reference", "--segment-by", "--fail-on", "--explain", "--histograms");
    assertThat(Cli.plumbline(folder, "--help").out()).contains("Exit codes");
  }
}
