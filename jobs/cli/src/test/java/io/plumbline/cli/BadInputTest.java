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

  /** As {@link #refused} of any command, which names its output itself. */
  private static void refusedCommand(String expected, String... args) {
    PrintStream before = System.err;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit;
    try {
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      exit = Plumbline.run(args);
    } finally {
      System.setErr(before);
    }
    String message = err.toString(StandardCharsets.UTF_8).strip();
    assertThat(message).startsWith("plumbline: ").contains(expected).doesNotContain("\tat ");
    assertThat(message.lines().count()).as(message).isEqualTo(1);
    assertThat(exit).isEqualTo(ExitCode.BAD_INPUT);
  }

  @Test
  void anOutputThatIsAFileOrBelowOne() throws Exception {
    Path file = Files.writeString(folder.resolve("prof"), "something");
    String data = good.toString();
    String profile = profile().toString();
    for (String[] command :
        new String[][] {
          {"drift", "--reference", data, "--current", data, "--no-report"},
          {"snapshot", "--input", data},
          {"snapshot", "merge", profile, profile(folder.resolve("other.parquet")).toString()}
        }) {
      String[] args = Arrays.copyOf(command, command.length + 2);
      args[command.length] = "--output";
      args[command.length + 1] = file.toString();
      refusedCommand(
          "--output: " + file + ": cannot be written: " + file + " is a file; expected a folder",
          args);
      args[command.length + 1] = file + "/deep/er";
      refusedCommand("cannot be written: " + file + " is a file; expected a folder", args);
    }
    refusedCommand(
        "--output: " + file + ": cannot be written: " + file + " is a file; expected a folder",
        "config",
        "init",
        "--from",
        data,
        "--output",
        file + "/plumbline.yaml");
    refusedCommand(
        "--output: " + folder + ": it is a directory; expected a file",
        "config",
        "init",
        "--from",
        data,
        "--force",
        "--output",
        folder.toString());
    assertThat(file).hasContent("something");
  }

  @Test
  void anOutputIntoWhichNothingCanBeWritten() throws Exception {
    Path tables = Files.createDirectory(folder.resolve("t"));
    Files.writeString(tables.resolve("metric_points"), "a file where the table's folder is to be");
    String data = good.toString();
    refusedCommand(
        "/metric_points is a file; expected a folder",
        "drift",
        "--reference",
        data,
        "--current",
        data,
        "--output",
        tables.toString());
    assertThat(tables.toFile().list()).containsExactly("metric_points");
    // Not even root makes a folder there.
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self")));
    refusedCommand(
        "--output: /proc/self/p: cannot be written: ",
        "snapshot",
        "--input",
        data,
        "--output",
        "/proc/self/p");
  }

  @Test
  void namesThatWereMeantOtherwise() throws Exception {
    Path names = folder.resolve("names.parquet");
    Cli.parquet(
        names, "SELECT 1 AS \"a,b\", 2 AS a, 3 AS AMOUNT, 4 AS \"gro\u0308\u00dfe\", 5 AS c");
    String[][] wrong = {
      {"a,b", "has no column b; a name that has a comma stands in double quotes: '\"a,b\"'"},
      {"\"a,c\"", "has no column a,c; for several columns write a,c"},
      {"a;c", "has no column a;c; for several columns write a,c"},
      {"a, c", "has no column ' c'; did you mean c?"},
      {"", "--features: expected names of columns, found ''"},
      {"amount", "has no column amount; did you mean AMOUNT, which differs in case?"},
      {
        "gr\u00f6\u00dfe",
        "did you mean gro\u0308\u00dfe, which writes the same letters in another Unicode form?"
      },
    };
    for (String[] option : wrong) {
      refused(
          option[1],
          "--reference",
          names.toString(),
          "--current",
          names.toString(),
          "--features",
          option[0]);
    }
    assertThat(
            Plumbline.run(
                "drift",
                "--reference",
                names.toString(),
                "--current",
                names.toString(),
                "--features",
                "\"a,b\",c",
                "--no-report",
                "--output",
                folder.resolve("tables").toString()))
        .isZero();
  }

  @Test
  void whatWouldMoveTheCursorIsShown() {
    refused(
        "--reference: no\uFFFD[31m\uFFFDsuch\uFFFDfile: no file or folder matches",
        "--reference",
        "no\u001B[31m\nsuch\u202Efile",
        "--current",
        good.toString());
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
    refusedCurrent("no Parquet file there (skipped: 1 hidden (_SUCCESS))", empty);
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
    refusedCurrent(text + ": not a Parquet file but text, as CSV is; expected Parquet", text);
    Files.writeString(text, "{\"amount\": 1}\n");
    refusedCurrent(text + ": not a Parquet file but text, as JSON is; expected Parquet", text);
    Files.write(text, new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0});
    refusedCurrent(text + ": not a Parquet file but compressed with gzip as a whole", text);
    Files.write(text, new byte[] {1, 2, 3});
    refusedCurrent(text + ": not a Parquet file: it does not begin with PAR1", text);
    Files.write(text, new byte[0]);
    refusedCurrent(text + ": an empty file: its writer has not written it yet, or failed", text);
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
    Cli.parquet(other, "SELECT 1 AS \"Amount\"");
    refusedCurrent("against [Amount]; amount against Amount, which differs in case", other);
  }

  @Test
  void nothingToCompareIsToldWithTheReasons() throws Exception {
    Path ids = folder.resolve("ids.parquet");
    Cli.parquet(ids, "SELECT 'u' || i AS url, i AS n, i * 0.5 AS x FROM range(1500) t(i)");
    String[] sides = {"--reference", ids.toString(), "--current", ids.toString()};
    String[] dropped = Arrays.copyOf(sides, sides.length + 2);
    dropped[4] = "--exclude";
    dropped[5] = "x";
    refused(
        ids
            + ": nothing to compare: url: an identifier: 1500 distinct values in 1500 reference rows; n: an identifier: 1500 distinct integers with few gaps in 1500 reference rows; x: excluded",
        dropped);
    dropped[5] = "x,n,url";
    refused(": nothing to compare: url: excluded; n: excluded; x: excluded", dropped);
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
      {
        "--date",
        "23.11.2026",
        "--date: expected yesterday or YYYY-MM-DD in the years 0001 to 9999, found '23.11.2026'"
      },
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
    return profile(good, folder.resolve("profile"));
  }

  private Path profile(Path other) throws Exception {
    Cli.parquet(other, "SELECT i AS amount, 'c' || i % 3 AS kind FROM range(400) t(i)");
    return profile(other, folder.resolve("profile of " + other.getFileName()));
  }

  private static Path profile(Path data, Path output) {
    assertThat(Plumbline.run("snapshot", "--input", data.toString(), "--output", output.toString()))
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
        profile, bytes.replace("{\"format\":4,", "{\"format\":7,"), StandardCharsets.ISO_8859_1);
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
        "--report: "
            + good
            + "/day.html: cannot be written: "
            + good
            + " is a file; expected a folder",
        "--reference",
        good.toString(),
        "--current",
        good.toString(),
        "--report",
        good + "/day.html");
  }
}
