package io.plumbline.cli.report;

import io.plumbline.cli.DriftReport;
import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.drift.plan.OutputFolder;
import io.plumbline.parquet.PartitionPath;
import io.plumbline.runtime.input.BadInput;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/**
 * Where the report of a run goes: any of Flink's file systems, as the tables. It appears whole, as
 * it is written beside its place and renamed; a rerun of the same comparison replaces it.
 */
public final class ReportFile {
  private static final String FOLDER = "reports";

  /** Most file systems end at 255 bytes; there is to be room for what is written beside. */
  private static final int LONGEST_NAME = 180;

  private final String shown;
  private final Path path;

  private ReportFile(String shown) {
    this.shown = shown;
    Path given = new Path(shown);
    // Flink's local file system cannot rename what has no folder before its name.
    path =
        given.toUri().getScheme() == null
            ? new Path(java.nio.file.Path.of(shown).toAbsolutePath().toUri())
            : given;
  }

  /**
   * The file that the user names, else one in the folder {@code reports} beside the tables.
   *
   * @param named null: none
   * @throws BadInput if no file can be there
   */
  public static ReportFile of(String named, DriftPlan plan) {
    String file = named == null ? standard(plan) : named;
    try {
      ReportFile report = new ReportFile(file);
      report.check();
      return report;
    } catch (IllegalArgumentException | IOException e) {
      throw unwritable(file, e.getMessage(), e);
    }
  }

  /** Model, version and reference are told apart by a character that none of them keeps. */
  private static String standard(DriftPlan plan) {
    String name =
        Stream.of(plan.model(), plan.modelVersion(), plan.referenceName())
            .filter(part -> !part.isEmpty())
            .map(PartitionPath::encoded)
            .collect(Collectors.joining(",", "drift-" + plan.date() + ",", ""));
    if (name.length() > LONGEST_NAME) {
      name = name.substring(0, LONGEST_NAME) + String.format(Locale.ROOT, "~%08x", name.hashCode());
    }
    return new Path(new Path(plan.output(), FOLDER), name + ".html").toString();
  }

  /** What can be known before the run; of other file systems nothing without writing. */
  private void check() throws IOException {
    if (!(path.getFileSystem() instanceof LocalFileSystem)) {
      return;
    }
    java.nio.file.Path file = java.nio.file.Path.of(path.getPath()).toAbsolutePath();
    if (Files.isDirectory(file)) {
      throw new IOException("it is a directory");
    }
    OutputFolder.check(path.getParent());
  }

  /**
   * @throws BadInput if it cannot be written
   */
  public void write(DriftReport report, Words words) {
    try {
      FileSystem fileSystem = path.getFileSystem();
      fileSystem.mkdirs(path.getParent());
      Path beside = new Path(path.getParent(), "." + report.plan().runId() + ".html");
      try {
        try (Writer out =
            new OutputStreamWriter(
                fileSystem.create(beside, WriteMode.OVERWRITE), StandardCharsets.UTF_8)) {
          HtmlReport.write(report, words, out);
        }
        replace(fileSystem, beside);
      } catch (IOException | RuntimeException e) {
        fileSystem.delete(beside, false);
        throw e;
      }
    } catch (IOException e) {
      throw unwritable(shown, e.getMessage(), e);
    }
  }

  private void replace(FileSystem fileSystem, Path beside) throws IOException {
    if (fileSystem.isDistributedFS()) {
      // Not every one of them renames onto a file that is there.
      fileSystem.delete(path, false);
    }
    if (!fileSystem.rename(beside, path)) {
      throw new IOException("%s could not be renamed to it".formatted(beside));
    }
  }

  private static BadInput unwritable(String file, String reason, Exception cause) {
    return new BadInput("--report: %s: cannot be written: %s".formatted(file, reason), cause);
  }

  /** As it was given. */
  @Override
  public String toString() {
    return shown;
  }
}
