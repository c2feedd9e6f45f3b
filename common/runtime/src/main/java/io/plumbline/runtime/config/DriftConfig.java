package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Limits.Between;
import io.plumbline.runtime.config.binding.Limits.Default;
import io.plumbline.runtime.config.binding.Limits.Positive;
import io.plumbline.runtime.config.binding.Limits.Required;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * The section {@code drift}.
 *
 * @param noiseAlpha PSI decides only where its p-value is below; 1 switches the guard off
 * @param minRows usable rows on each side below which there is no verdict
 * @param fdr the false discovery rate at which p-values are judged; null: each by itself
 * @param datasetShare the share of drifted features from which the data set has drifted
 * @param volume bounds of the rows of a night
 * @param bins quantile bins of numeric features
 */
public record DriftConfig(
    @Default("effect") Rule rule,
    @Default("0.001") @Between(least = 0, above = true, greatest = 1) double noiseAlpha,
    @Default("30") @Between(least = 0) long minRows,
    @Between(least = 0, above = true, greatest = 1) Double fdr,
    @Default("0.5") @Between(least = 0, above = true, greatest = 1) double datasetShare,
    @Default("{}") Volume volume,
    @Default("10") @Between(least = 2, greatest = 100) int bins,
    Thresholds thresholds,
    @Default("[15m, 1h]") @Positive List<Duration> windows,
    @Default("5m") @Positive Duration pane,
    @Default("[reference]") List<Against> against,
    List<Multivariate> multivariate)
    implements Serializable {

  /** What decides about the severity. */
  public enum Rule {
    EFFECT,
    SIGNIFICANCE
  }

  /** What a window of the stream is compared with. */
  public enum Against {
    REFERENCE,
    PREVIOUS_DAY,
    PREVIOUS_WEEK
  }

  /** Rows of a night, as a ratio to the median of the last seven, that are no surprise. */
  public record Volume(
      @Default("0.5") @Between(least = 0, greatest = 1) double least,
      @Default("2") @Between(least = 1) double most)
      implements Serializable {}

  /** Several numeric features that are compared together. */
  public record Multivariate(
      @Required String name, @Required List<String> features, boolean segments)
      implements Serializable {}

  /** Bounds that the file does not set are the standard ones. */
  public DriftConfig {
    thresholds = thresholds == null ? Thresholds.DEFAULTS : thresholds.over(Thresholds.DEFAULTS);
  }

  /** The same with what the command line gives; null leaves a value as it is. */
  public DriftConfig with(
      Rule newRule, Double newNoiseAlpha, Long newMinRows, Double newFdr, Double newDatasetShare) {
    return new DriftConfig(
        newRule == null ? rule : newRule,
        newNoiseAlpha == null ? noiseAlpha : newNoiseAlpha,
        newMinRows == null ? minRows : newMinRows,
        newFdr == null ? fdr : newFdr,
        newDatasetShare == null ? datasetShare : newDatasetShare,
        volume,
        bins,
        thresholds,
        windows,
        pane,
        against,
        multivariate);
  }
}
