package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Limits.Between;
import io.plumbline.runtime.config.binding.Limits.Default;
import io.plumbline.runtime.config.binding.Limits.Inline;
import io.plumbline.runtime.config.binding.Limits.OneOrMore;
import io.plumbline.runtime.config.binding.Limits.Positive;
import io.plumbline.runtime.config.binding.Limits.Required;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * One entry of {@code features}. What is absent in the file is null, or an empty list.
 *
 * @param source the nodes of the lineage that it is made from
 * @param drift bounds and bins that go over the suite's
 */
public record FeatureConfig(
    @Required String name,
    @Required Type type,
    String owner,
    String description,
    @OneOrMore List<String> source,
    String computation,
    @Positive Duration freshnessSla,
    @Between(least = 0, greatest = 1) Double nullThreshold,
    Range range,
    String version,
    @Default("feature") Role role,
    @Between(least = 0) Double importance,
    boolean critical,
    Consistency consistency,
    List<String> categories,
    FeatureDrift drift)
    implements Serializable {

  /** How a feature is compared. */
  public enum Type {
    NUMERIC,
    CATEGORICAL,
    EMBEDDING
  }

  /** What a column is to the model. */
  public enum Role {
    FEATURE,
    TARGET,
    PREDICTION,
    ID,
    TIME
  }

  /** The values that are in order; an open end is null. */
  public record Range(Double min, Double max) implements Serializable {}

  /** How near the serving value must be to the training value. */
  public record Consistency(
      @Default("1e-6") @Between(least = 0) double tolerance,
      boolean relative,
      @Default("0.01") @Between(least = 0, above = true, greatest = 1) double sample)
      implements Serializable {}

  /** What a feature sets over the suite's {@code drift}. */
  public record FeatureDrift(
      @Between(least = 2, greatest = 100) Integer bins, @Inline Thresholds thresholds)
      implements Serializable {}
}
