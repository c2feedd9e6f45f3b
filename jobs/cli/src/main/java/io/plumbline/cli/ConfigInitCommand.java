package io.plumbline.cli;

import io.plumbline.drift.SnapshotOptions;
import io.plumbline.drift.SnapshotPlanner;
import io.plumbline.drift.plan.InputFiles;
import io.plumbline.drift.plan.OutputFolder;
import io.plumbline.drift.snapshot.SnapshotPlan;
import io.plumbline.drift.snapshot.WrittenProfile;
import io.plumbline.profile.ProfileFile;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.input.BadInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline config init}. */
@Command(
    name = "init",
    description = {
      "Writes a plumbline.yaml with the features of a reference: their types, ranges, categories and"
          + " null thresholds as the data shows them, each with a comment that says from what.",
      "It loads without a change; read it before you rely on it."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ConfigInitCommand implements Callable<Integer> {
  @Option(
      names = "--from",
      paramLabel = "REF",
      required = true,
      description =
          "Parquet file or directory of the reference, or a profile that 'plumbline snapshot' wrote.")
  private String from;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Describe this model too, with the features and the reference.")
  private String model;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      defaultValue = "plumbline.yaml",
      description = "The file to write (${DEFAULT-VALUE}).")
  private Path output;

  @Option(names = "--force", description = "Write over a file that is there.")
  private boolean force;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (!force && Files.exists(output)) {
      throw exists();
    }
    if (Files.isDirectory(output)) {
      throw new BadInput("--output: %s: it is a directory; expected a file".formatted(output));
    }
    OutputFolder.require("--output", output.toAbsolutePath().getParent().toString());
    InputFiles input = InputFiles.at(from, "--from");
    ProfileFile profile = input.profile() == null ? profile() : read(input.files().get(0).path());
    String yaml = ConfigDraft.yaml(profile, anywhere(from), Optional.ofNullable(model));
    ConfigLoader.parse(output.toString(), yaml);
    write(yaml);
    PrintWriter out = TerminalWriter.over(spec.commandLine().getOut());
    out.printf("%s: %d features%n", output, profile.rows().size());
    out.flush();
    return ExitCode.RAN;
  }

  /** The config may be read from another folder than this. */
  private static String anywhere(String uri) {
    return uri.contains(":/") ? uri : Path.of(uri).toAbsolutePath().normalize().toString();
  }

  private BadInput exists() {
    return new BadInput("%s: there is one already; --force writes over it".formatted(output));
  }

  private ProfileFile profile() throws Exception {
    Path temporary = Files.createTempDirectory("plumbline-profile-");
    try {
      SnapshotPlan plan =
          SnapshotPlanner.plan(
              CommandLine.populateCommand(
                  new SnapshotOptions(), "--input", from, "--output", temporary.toString()),
              new Notes(spec));
      SnapshotCommand.take(plan, null);
      return read(temporary.resolve(WrittenProfile.FILE).toUri().toString());
    } finally {
      FileUtils.deleteDirectoryQuietly(temporary.toFile());
    }
  }

  private static ProfileFile read(String path) {
    try {
      return ProfileFile.read(new org.apache.flink.core.fs.Path(path));
    } catch (IOException e) {
      throw new BadInput("--from: %s: a damaged profile: %s".formatted(path, e.getMessage()), e);
    }
  }

  private void write(String yaml) {
    OpenOption[] options =
        force
            ? new OpenOption[] {
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE
            }
            : new OpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
    try {
      Files.writeString(output, yaml, StandardCharsets.UTF_8, options);
    } catch (FileAlreadyExistsException e) {
      throw exists();
    } catch (IOException e) {
      throw new BadInput(
          "--output: %s: cannot be written: %s".formatted(output, e.getMessage()), e);
    }
  }
}
