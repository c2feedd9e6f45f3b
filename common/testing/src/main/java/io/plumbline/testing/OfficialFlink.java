package io.plumbline.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.flink.runtime.util.EnvironmentInformation;

/** The official Flink distribution of our version, as it is published for Python. */
public final class OfficialFlink {
  /** In the packages, the distribution's folder. */
  private static final String ROOT = "pyflink/";

  private OfficialFlink() {}

  /**
   * The folder that {@code FLINK_HOME} names, or else one that is downloaded, once, into the
   * build's target folder (330 MB).
   *
   * @throws IllegalStateException with pip's words if that does not work
   */
  public static Path home() {
    String given = System.getenv("FLINK_HOME");
    if (given != null && !given.isBlank()) {
      return Path.of(given).toAbsolutePath();
    }
    String version = EnvironmentInformation.getVersion();
    Path target = KafkaExtension.installation().home().resolve("target").toAbsolutePath();
    Path home = target.resolve("flink-" + version);
    if (!Files.exists(home)) {
      Path packages = target.resolve("flink-packages");
      // The libraries are in one package; the scripts in another, which is built for platforms.
      pip(packages, "apache-flink-libraries==" + version);
      pip(
          packages,
          "apache-flink==" + version,
          "--platform=manylinux2014_x86_64",
          "--python-version=3.11",
          "--implementation=cp");
      try {
        Path unpacked = Files.createTempDirectory(target, "flink-unpacked");
        unpack(packages, unpacked);
        // It appears whole, so that a test which was interrupted begins anew.
        Files.move(unpacked, home);
      } catch (IOException e) {
        throw new UncheckedIOException(home + ": the distribution cannot be unpacked", e);
      }
    }
    return home;
  }

  private static void pip(Path into, String... wanted) {
    List<String> command =
        new ArrayList<>(List.of("python3", "-m", "pip", "download", "--no-deps"));
    command.addAll(List.of("--only-binary=:all:", "--dest", into.toString()));
    command.addAll(List.of(wanted));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(
            "%s failed; set FLINK_HOME to a Flink distribution instead:%n%s"
                .formatted(String.join(" ", command), said));
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          "python3 with pip downloads a Flink distribution; without it, set FLINK_HOME to one", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void unpack(Path packages, Path home) throws IOException {
    try (DirectoryStream<Path> wheels = Files.newDirectoryStream(packages, "*.whl")) {
      for (Path wheel : wheels) {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(wheel))) {
          for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (entry.getName().matches(ROOT + "(bin|conf|lib|opt)/.*[^/]")) {
              write(zip, home, entry.getName().substring(ROOT.length()));
            }
          }
        }
      }
    }
  }

  private static void write(InputStream content, Path home, String name) throws IOException {
    Path file = home.resolve(name).normalize();
    if (!file.startsWith(home)) {
      throw new IOException(name + ": lies outside of the package");
    }
    Files.createDirectories(file.getParent());
    Files.copy(content, file);
    // Scripts call each other.
    if (name.startsWith("bin/") && !file.toFile().setExecutable(true)) {
      throw new IOException(file + ": cannot be made executable");
    }
  }
}
