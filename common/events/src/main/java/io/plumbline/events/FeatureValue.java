package io.plumbline.events;

import java.util.List;

/**
 * One value of one feature of one entity, as a feature store says it.
 *
 * @param eventTime when the value was made, in epoch milliseconds
 * @param origin null: not told
 * @param version of the feature; null: not told
 */
public record FeatureValue(
    String feature, String entityId, Value value, long eventTime, Origin origin, String version) {
  /** The fields of its records, those first that must be there: the first four. */
  public static final List<String> FIELDS =
      List.of("feature", "entity_id", "value", "event_time", "origin", "version");

  /** Which of two ways of computing the feature the value came by. */
  public enum Origin {
    /** What models are served. */
    ONLINE,
    /** What models are trained on. */
    OFFLINE
  }
}
