package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Limits.Between;
import io.plumbline.runtime.config.binding.Limits.Default;
import io.plumbline.runtime.config.binding.Limits.Positive;
import io.plumbline.runtime.config.binding.Limits.Required;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * One entry of {@code models}. What is absent in the file is null, or an empty list.
 *
 * @param positive the label that is the positive class, every other one is negative; null: true, 1
 *     and their texts, against false and 0
 * @param negative the label that is the negative class, what is neither is refused; null: see
 *     positive
 * @param labelHorizon how long after its prediction a label is waited for
 * @param implicitNegative what a prediction without a label is when its horizon ends; null: unknown
 * @param windows of metrics that need labels
 * @param healthWindows of metrics that need none
 * @param maxSilence time without a prediction after which the model is silent
 * @param value null: predictions have none
 */
public record ModelConfig(
    @Required String name,
    Task task,
    String owner,
    List<String> features,
    String positive,
    String negative,
    @Default("0.5") @Between(least = 0, greatest = 1) double threshold,
    @Default("30d") @Positive Duration labelHorizon,
    String implicitNegative,
    @Default("[1h, 1d]") @Positive List<Duration> windows,
    @Default("[1m, 1h]") @Positive List<Duration> healthWindows,
    @Default("5m") @Positive Duration maxSilence,
    Value value,
    List<Segment> segments,
    List<Version> versions)
    implements Serializable {

  /** The same with other versions. */
  public ModelConfig withVersions(List<Version> newVersions) {
    return new ModelConfig(
        name,
        task,
        owner,
        features,
        positive,
        negative,
        threshold,
        labelHorizon,
        implicitNegative,
        windows,
        healthWindows,
        maxSilence,
        value,
        segments,
        newVersions);
  }

  /** What a model predicts. */
  public enum Task {
    BINARY,
    MULTICLASS,
    REGRESSION
  }

  /** What each outcome of a binary model is worth, all in one currency. */
  public record Value(
      @Default("0") double truePositive,
      @Default("0") double falsePositive,
      @Default("0") double trueNegative,
      @Default("0") double falseNegative)
      implements Serializable {}

  /** A column by whose values the traffic is cut into segments. */
  public record Segment(
      @Required String column, @Default("50") @Between(least = 1, greatest = 10_000) int maxValues)
      implements Serializable {}

  /** A version, the role it serves in, and what it was trained on. */
  public record Version(
      @Required String version, @Default("champion") Role role, String reference, boolean stable)
      implements Serializable {}

  /** How a version serves. */
  public enum Role {
    CHAMPION,
    SHADOW,
    /** It was champion once. */
    RETIRED
  }
}
