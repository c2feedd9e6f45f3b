package io.plumbline.drift;

import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.runtime.config.DriftConfig.Rule;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of a comparison, the same on the command line and with {@code flink run}. */
public final class DriftOptions {
  @Option(
      names = "--reference",
      paramLabel = "PATH",
      description =
          "Parquet file or directory that current data is compared with; default: what the config gives for --model and --model-version.")
  String reference;

  @Option(
      names = "--current",
      paramLabel = "PATH",
      required = true,
      description = "Parquet file or directory under test. In both paths {date} stands for --date.")
  String current;

  @Option(names = "--config", paramLabel = "FILE", description = "plumbline.yaml; options win.")
  Path config;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = DriftPlan.NO_MODEL,
      description = "Stamped on the results (${DEFAULT-VALUE}).")
  String model;

  @Option(
      names = "--model-version",
      paramLabel = "VERSION",
      defaultValue = "",
      description = "Stamped on the results.")
  String modelVersion;

  @Option(
      names = "--reference-name",
      paramLabel = "NAME",
      description =
          "Names the reference in the results; default: the model version whose reference it is in the config, else the last part of its path.")
  String referenceName;

  @Option(
      names = "--date",
      paramLabel = "DATE",
      defaultValue = "yesterday",
      description = "UTC day of the results, yesterday or YYYY-MM-DD (${DEFAULT-VALUE}).")
  String date;

  @Option(
      names = "--features",
      paramLabel = "A,B",
      split = ",",
      converter = ColumnName.class,
      description = "Compare these columns only.")
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
      description = "Compare within each value of these columns too.")
  List<String> segmentBy = List.of();

  @Option(
      names = "--max-segment-values",
      paramLabel = "N",
      description = "Values with most rows that are segments by name (50).")
  Integer maxSegmentValues;

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      converter = RuleConverter.class,
      description = "What decides the severity: effect (default) or significance.")
  Rule rule;

  @Option(
      names = "--noise-alpha",
      paramLabel = "P",
      description = "PSI decides only where its p-value is below (0.001; 1: always).")
  Double noiseAlpha;

  @Option(
      names = "--min-rows",
      paramLabel = "N",
      description = "Usable rows a side below which there is no verdict (30).")
  Long minRows;

  @Option(
      names = "--fdr",
      paramLabel = "Q",
      description = "Judge p-values at this false discovery rate.")
  Double fdr;

  @Option(
      names = "--dataset-share",
      paramLabel = "SHARE",
      description = "Share of drifted features from which the data set has drifted (0.5).")
  Double datasetShare;

  @Option(
      names = "--approximate",
      description =
          "Keep distributions of numbers in cells, in memory that does not grow with the rows: what is not exact then has its bound.")
  boolean approximate;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Folder of the tables (./plumbline-data/tables).")
  String output;

  @Option(
      names = "--publish",
      description =
          "Send results and points to their topics too, once the tables are in place; the config's section kafka says where.")
  boolean publish;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Parallel tasks; default: cores, or what the cluster says.")
  Integer parallelism;

  public Integer parallelism() {
    return parallelism;
  }

  /** Names of rules as the config writes them. */
  static final class RuleConverter implements ITypeConverter<Rule> {
    @Override
    public Rule convert(String value) {
      for (Rule rule : Rule.values()) {
        if (rule.name().toLowerCase(Locale.ROOT).equals(value)) {
          return rule;
        }
      }
      throw new TypeConversionException(
          "expected effect or significance, found '%s'".formatted(value));
    }
  }
}
