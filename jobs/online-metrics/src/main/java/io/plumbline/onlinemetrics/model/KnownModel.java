package io.plumbline.onlinemetrics.model;

import io.plumbline.events.Prediction.Role;
import io.plumbline.runtime.config.ModelConfig;
import io.plumbline.runtime.segment.SegmentColumn;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A model as config and control have it. Immutable. */
public final class KnownModel {
  private final ModelConfig config;
  private final ClassRule classes;
  private final List<Long> windows;
  private final Map<String, ModelConfig.Role> roles = new HashMap<>();
  private final Map<String, List<SegmentColumn>> segments = new HashMap<>();
  private final List<SegmentColumn> segmentsOfOthers;

  /**
   * @param segments the columns of a version; null: of one that the config does not have
   */
  KnownModel(ModelConfig config, Function<String, List<SegmentColumn>> segments) {
    this.config = config;
    classes = ClassRule.of(config);
    windows = config.windows().stream().map(Duration::toMillis).distinct().toList();
    for (ModelConfig.Version version : config.versions()) {
      roles.put(version.version(), version.role());
      this.segments.put(version.version(), segments.apply(version.version()));
    }
    segmentsOfOthers = segments.apply(null);
  }

  public String name() {
    return config.name();
  }

  /** What it predicts; null: the config does not say, so there are no metrics that need labels. */
  public ModelConfig.Task task() {
    return config.task();
  }

  /** Whether it predicts one of two classes. */
  public boolean isBinary() {
    return config.task() == ModelConfig.Task.BINARY;
  }

  /** Which labels are its classes, if it is binary. */
  public ClassRule classes() {
    return classes;
  }

  /** The score from which on a prediction is of the positive class. */
  public double threshold() {
    return config.threshold();
  }

  /** How long after its prediction a label counts, in milliseconds. */
  public long horizon() {
    return config.labelHorizon().toMillis();
  }

  /** Of metrics that need labels, in milliseconds. */
  public List<Long> windowMillis() {
    return windows;
  }

  /** Of metrics that need none. */
  public List<Duration> healthWindows() {
    return config.healthWindows();
  }

  /** Time without a prediction after which it is silent. */
  public Duration maxSilence() {
    return config.maxSilence();
  }

  /** The versions that the config has. */
  public List<ModelConfig.Version> versions() {
    return config.versions();
  }

  /** The role of a version's predictions that have none of their own. */
  public Role role(String version) {
    return roles.get(version) == ModelConfig.Role.SHADOW ? Role.SHADOW : Role.CHAMPION;
  }

  /**
   * By what a version's predictions are cut. The values by name are those of its reference profile,
   * else the categories of the feature named as the column.
   */
  public List<SegmentColumn> segments(String version) {
    return segments.getOrDefault(version, segmentsOfOthers);
  }
}
