package io.plumbline.drift;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of a snapshot. */
public final class SnapshotOptions {
  @Option(
      names = "--input",
      paramLabel = "PATH",
      description =
          "Parquet file or directory, local or on any Flink file system: the reference, usually the training data.")
  String input;

  @Option(names = "--config", paramLabel = "FILE", description = "plumbline.yaml; options win.")
  Path config;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "Whose reference it is (${DEFAULT-VALUE}).")
  String model;

  @Option(
      names = "--model-version",
      paramLabel = "VERSION",
      defaultValue = "",
      description = "Whose reference it is.")
  String modelVersion;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description =
          "Folder that gets profile.parquet, in place of an earlier one (./plumbline-data/profiles/model=NAME/version=VERSION).")
  String output;

  @Option(
      names = "--exact",
      description =
          "Keep every value, so that KS and Wasserstein stay exact; else values share cells, at most 16,384 a feature.")
  boolean exact;

  @Option(
      names = "--features",
      paramLabel = "A,B",
      split = ",",
      converter = ColumnName.class,
      description = "These columns only.")
  List<String> features = List.of();

  @Option(
      names = "--exclude",
      paramLabel = "A,B",
      split = ",",
      converter = ColumnName.class,
      description = "Leave these columns out.")
  List<String> exclude = List.of();

  @Option(
      names = "--segment-by",
      paramLabel = "COLUMN",
      split = ",",
      converter = ColumnName.class,
      description = "Profile each value of these columns too.")
  List<String> segmentBy = List.of();

  @Option(
      names = "--max-segment-values",
      paramLabel = "N",
      description = "Values with most rows that are segments by name (50).")
  Integer maxSegmentValues;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Parallel tasks; default: cores.")
  Integer parallelism;

  public Integer parallelism() {
    return parallelism;
  }
}
