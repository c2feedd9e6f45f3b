package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of classes that the command starts with. */
class ClassArchiveIT {
  @TempDir Path folder;

  @Test
  void holdsTheClassesOfTheCommand() throws Exception {
    Path loaded = folder.resolve("loaded.txt");
    assertRunsSilently("-Xlog:class+load:file=" + loaded);
    assertThat(Files.readAllLines(loaded))
        .anyMatch(line -> line.contains("io.plumbline.cli.Plumbline source: shared objects file"));
  }

  @Test
  void isNotMissed() throws Exception {
    assertRunsSilently("-XX:SharedArchiveFile=" + folder.resolve("none.jsa"));
  }

  @Test
  void isNotUsedIfItIsSomethingElse() throws Exception {
    Path other = Files.write(folder.resolve("other.jsa"), new byte[1 << 20]);
    assertRunsSilently("-XX:SharedArchiveFile=" + other);
  }

  private void assertRunsSilently(String option) throws IOException, InterruptedException {
    Cli run = Cli.plumblineWith(folder, Map.of("PLUMBLINE_JAVA_OPTS", option), "", "--version");
    assertThat(run).isEqualTo(new Cli(0, "plumbline 0.1.0" + System.lineSeparator(), ""));
  }
}
