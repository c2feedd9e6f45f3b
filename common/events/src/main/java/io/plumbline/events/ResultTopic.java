package io.plumbline.events;

import java.io.Serializable;

/**
 * A topic of results with the type of its records and their key.
 *
 * @param key as {@link Topic#keyFields()} says, without the detour over JSON
 */
public record ResultTopic<R>(Topic topic, Key<R> key) implements Serializable {
  private static final long serialVersionUID = 1;

  public static final ResultTopic<MetricPoint> METRICS =
      new ResultTopic<>(Topic.METRICS, MetricPoint::series);
  public static final ResultTopic<FeatureCheck> CHECKS =
      new ResultTopic<>(Topic.CHECKS, FeatureCheck::feature);
  public static final ResultTopic<DeadLetter> DEAD_LETTERS =
      new ResultTopic<>(Topic.DEAD_LETTERS, DeadLetter::topic);

  /** The key of a record. */
  @FunctionalInterface
  public interface Key<R> extends Serializable {
    String of(R result);
  }
}
