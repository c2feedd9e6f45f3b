package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Profiles, as a person takes and uses them. */
class SnapshotIT {
  @TempDir Path folder;

  private Cli run(String line) throws Exception {
    List<String> words = new ArrayList<>(List.of(line.split(" ", -1)));
    assertThat(words.remove(0)).isEqualTo("./plumbline");
    words.replaceAll(w -> w.startsWith("samples/") ? Cli.ROOT.resolve(w).toString() : w);
    return Cli.plumbline(folder, words.toArray(String[]::new));
  }

  @Test
  void theReadmesProfileStandsForItsReference() throws Exception {
    List<String> commands = DocumentsIT.command("snapshot").lines().toList();
    Cli snapshot = run(commands.get(0));
    assertThat(snapshot.exit()).as(snapshot.err()).isZero();
    assertThat(snapshot.out())
        .contains("left out: departure (TIMESTAMP(MICROS,false) is not compared)")
        .contains("profiles/flights/profile.parquet: 8 features of 508,239 rows, ");
    Cli drift = run(commands.get(1));
    assertThat(drift.exit()).as(drift.err()).isZero();
    // The profile keeps all values of these columns: they are few.
    assertThat(said(drift.out())).isEqualTo(said(run(DocumentsIT.command("try")).out()));
  }

  /** What the comparison says: neither how long it took, nor where the report is. */
  private static String said(String out) {
    return out.replaceFirst("; [0-9.]+ s, [0-9,]+ rows/s", "").replaceFirst("report: .*", "");
  }

  @Test
  void whatCannotBeMergedIsToldInOneLine() throws Exception {
    Cli.parquet(folder.resolve("a.parquet"), "SELECT i AS amount FROM range(100) t(i)");
    Cli.parquet(folder.resolve("b.parquet"), "SELECT i AS price FROM range(100) t(i)");
    for (String name : List.of("a", "b")) {
      Cli taken = run("./plumbline snapshot --input %1$s.parquet --output %1$s".formatted(name));
      assertThat(taken.exit()).as(taken.err()).isZero();
    }
    Cli merged = run("./plumbline snapshot merge a b --output c");
    assertThat(merged.exit()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(merged.err())
        .isEqualTo(
            "plumbline: a: nothing to compare: amount: b.parquet has none; price: a.parquet has none\n");
    assertThat(folder.resolve("c")).doesNotExist();
    Cli data = run("./plumbline snapshot merge a b.parquet --output c");
    assertThat(data.err()).contains("b.parquet: expected a profile");
  }
}
