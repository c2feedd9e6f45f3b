package io.plumbline.runtime.config;

import io.plumbline.runtime.config.Limits.Between;
import io.plumbline.runtime.config.Limits.Default;
import io.plumbline.runtime.config.Limits.Positive;
import io.plumbline.runtime.config.Limits.Required;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/** One entry of {@code models}. What is absent in the file is null, or an empty list. */
public record ModelConfig(
    @Required String name,
    Task task,
    String owner,
    List<String> features,
    @Default("true") String positive,
    @Default("0.5") @Between(least = 0, greatest = 1) double threshold,
    @Positive Duration labelHorizon,
    String implicitNegative,
    @Default("[1h, 1d]") @Positive List<Duration> windows,
    @Default("[1m, 1h]") @Positive List<Duration> healthWindows,
    @Default("5m") @Positive Duration maxSilence,
    String shadowKey,
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
        threshold,
        labelHorizon,
        implicitNegative,
        windows,
        healthWindows,
        maxSilence,
        shadowKey,
        segments,
        newVersions);
  }

  /** What a model predicts. */
  public enum Task {
    BINARY,
    MULTICLASS,
    REGRESSION
  }

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
    SHADOW
  }
}
