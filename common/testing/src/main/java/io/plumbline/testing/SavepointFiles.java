package io.plumbline.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The files of a savepoint, to be kept among a module's resources. */
final class SavepointFiles {
  /** The system property that names the jobs whose savepoints are to be written, with commas. */
  static final String JOBS = "savepoint.jobs";

  private SavepointFiles() {}

  /** Whether the script asks for those of a job. */
  static boolean areToBeWritten(String job) {
    return List.of(System.getProperty(JOBS, "").split(",", -1)).contains(job);
  }

  /** Copies a savepoint to a folder, in place of what is there. */
  static void copy(Path from, Path to) throws IOException {
    if (Files.exists(to)) {
      try (Stream<Path> old = Files.walk(to)) {
        for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.write(to.resolve(file.getFileName()), withoutHome(Files.readAllBytes(file)));
      }
    }
  }

  /**
   * Small state lies in the metadata, under the path that its file would have had: a name that is
   * never opened. The folder of the machine that wrote it is nobody's business.
   */
  private static byte[] withoutHome(byte[] file) {
    String home = KafkaExtension.installation().home().toAbsolutePath().normalize().toString();
    // As many bytes, since lengths are written before texts.
    String instead = "/" + "x".repeat(home.length() - 1);
    return new String(file, StandardCharsets.ISO_8859_1)
        .replace(home, instead)
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
