package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be used is told in one line, ends with 2, and leaves nothing behind. */
class BadInputTest {
  @TempDir Path folder;
  private Path good;

  @BeforeEach
  void oneGoodFile() throws Exception {
    good = folder.resolve("good.parquet");
    Cli.parquet(good, "SELECT i AS amount, 'c' || i % 3 AS kind FROM range(5000) t(i)");
  }

  private void refused(String expected, String... args) {
    PrintStream before = System.err;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit;
    try {
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      String[] all = Arrays.copyOf(args, args.length + 3);
      System.arraycopy(args, 0, all, 1, args.length);
      all[0] = "drift";
      all[args.length + 1] = "--output";
      all[args.length + 2] = folder.resolve("tables").toString();
      exit = Plumbline.run(all);
    } finally {
      System.setErr(before);
    }
    String message = err.toString(StandardCharsets.UTF_8).strip();
    assertThat(message).startsWith("plumbline: ").contains(expected).doesNotContain("\tat ");
    assertThat(message.lines().count()).as(message).isEqualTo(1);
    assertThat(exit).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(folder.resolve("tables")).doesNotExist();
  }

  private void refusedCurrent(String expected, Path current) {
    refused(expected, "--reference", good.toString(), "--current", current.toString());
  }

  @Test
  void aMissingPath() {
    refusedCurrent(
        "--current: " + folder.resolve("none") + ": no such file or directory",
        folder.resolve("none"));
  }

  @Test
  void aDirectoryWithoutParquet() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Files.writeString(empty.resolve("_SUCCESS"), "");
    refusedCurrent("the directory has no Parquet file", empty);
  }

  @Test
  void aTruncatedFile() throws Exception {
    Path cut = folder.resolve("cut.parquet");
    byte[] bytes = Files.readAllBytes(good);
    Files.write(cut, Arrays.copyOf(bytes, bytes.length - 20));
    refusedCurrent(cut + ": not a whole Parquet file", cut);
  }

  @Test
  void noParquetAtAll() throws Exception {
    Path text = Files.writeString(folder.resolve("text.parquet"), "amount,kind\n1,a\n");
    refusedCurrent(text + ": not a whole Parquet file", text);
  }

  @Test
  void aCorruptPage() throws Exception {
    byte[] bytes = Files.readAllBytes(good);
    // Past the magic, inside the first column's pages.
    for (int i = 4; i < 600; i++) {
      bytes[i] = (byte) (bytes[i] ^ 0x5A);
    }
    Path corrupt = Files.write(folder.resolve("corrupt.parquet"), bytes);
    refusedCurrent("corrupt.parquet: column amount cannot be read", corrupt);
  }

  @Test
  void noColumnInCommon() throws Exception {
    Path other = folder.resolve("other.parquet");
    Cli.parquet(other, "SELECT 1 AS something");
    refusedCurrent("have no column in common: [amount, kind] against [something]", other);
  }

  @Test
  void unknownColumnsInOptions() {
    for (String option : new String[] {"--features", "--exclude", "--segment-by"}) {
      refused(
          option + ": " + good + " has no column amonut; did you mean amount?",
          "--reference",
          good.toString(),
          "--current",
          good.toString(),
          option,
          "amonut");
    }
  }

  @Test
  void aSegmentColumnWhoseNameWouldEndTooEarly() throws Exception {
    Path signed = folder.resolve("signed.parquet");
    Cli.parquet(signed, "SELECT 1 AS amount, 'x' AS \"a=b\"");
    refused(
        "--segment-by: column a=b: expected a name without '='",
        "--reference",
        signed.toString(),
        "--current",
        signed.toString(),
        "--segment-by",
        "a=b");
  }

  @Test
  void featuresToExplainThatTheRunDoesNotCompare() {
    String[][] wrong = {
      {"amonut", "--explain: the run compares no feature amonut; did you mean amount?"},
      {"amount,kin\nd", "--explain: the run compares no feature kin\uFFFDd; did you mean kind?"},
    };
    for (String[] option : wrong) {
      refused(
          option[1],
          "--reference",
          good.toString(),
          "--current",
          good.toString(),
          "--explain",
          option[0]);
    }
  }

  @Test
  void histogramsInADocument() {
    refused(
        "--histograms: expected --format table; json has the counts",
        "--reference",
        good.toString(),
        "--current",
        good.toString(),
        "--format",
        "json",
        "--histograms");
  }

  @Test
  void anUnknownConfigKey() throws Exception {
    Path config = Files.writeString(folder.resolve("p.yaml"), "drift:\n  min_row: 3\n");
    refused(
        config + ":2: drift.min_row: unknown key; did you mean min_rows?",
        "--reference",
        good.toString(),
        "--current",
        good.toString(),
        "--config",
        config.toString());
  }

  @Test
  void valuesOutOfRange() {
    String[][] wrong = {
      {"--date", "23.11.2026", "--date: expected yesterday or YYYY-MM-DD, found '23.11.2026'"},
      {"--noise-alpha", "0", "--noise-alpha: expected a number above 0 and at most 1, found 0.0"},
      {"--min-rows", "-1", "--min-rows: expected a whole number of at least 0, found -1"},
      {"--dataset-share", "2", "--dataset-share: expected a number above 0 and at most 1"},
      {"--parallelism", "0", "--parallelism: expected a whole number of at least 1, found 0"},
    };
    for (String[] option : wrong) {
      refused(
          option[2],
          "--reference",
          good.toString(),
          "--current",
          good.toString(),
          option[0],
          option[1]);
    }
  }

  private Path profile() {
    Path output = folder.resolve("profile");
    assertThat(Plumbline.run("snapshot", "--input", good.toString(), "--output", output.toString()))
        .isZero();
    return output.resolve("profile.parquet");
  }

  private void refusedProfile(String expected, Path profile, String... more) {
    String[] all = Arrays.copyOf(more, more.length + 4);
    System.arraycopy(
        new String[] {"--reference", profile.toString(), "--current", good.toString()},
        0,
        all,
        more.length,
        4);
    refused(expected, all);
  }

  @Test
  void aDamagedProfile() throws Exception {
    Path profile = profile();
    byte[] bytes = Files.readAllBytes(profile);
    for (int i = 4; i < 400; i++) {
      bytes[i] = (byte) (bytes[i] ^ 0x5A);
    }
    Files.write(profile, bytes);
    refusedProfile(profile + ": a damaged profile", profile);
    Files.write(profile, Arrays.copyOf(bytes, bytes.length - 9));
    refusedProfile(profile + ": not a whole Parquet file", profile);
  }

  @Test
  void aProfileOfAnotherFormat() throws Exception {
    Path profile = profile();
    String bytes = Files.readString(profile, StandardCharsets.ISO_8859_1);
    Files.writeString(
        profile, bytes.replace("{\"format\":3,", "{\"format\":7,"), StandardCharsets.ISO_8859_1);
    refusedProfile(
        profile + ": not a profile that can be used: a profile of format 7; expected 4", profile);
  }

  @Test
  void aProfileThatDoesNotFit() throws Exception {
    Path profile = profile();
    refused(
        "--current: " + profile + " is a profile; expected data",
        "--reference",
        good.toString(),
        "--current",
        profile.toString());
    refusedProfile(
        "has no segments of kind; take it with --segment-by kind", profile, "--segment-by", "kind");
    Path config =
        Files.writeString(
            folder.resolve("plumbline.yaml"), "features: [{name: amount, type: categorical}]\n");
    refusedProfile(
        "the profile has amount as numeric, the config as categorical",
        profile,
        "--config",
        config.toString());
  }

  @Test
  void aReportThatCannotBeWritten() {
    refused(
        "--report: " + good + "/day.html: cannot be written: " + good + " is no directory",
        "--reference",
        good.toString(),
        "--current",
        good.toString(),
        "--report",
        good + "/day.html");
  }
}
