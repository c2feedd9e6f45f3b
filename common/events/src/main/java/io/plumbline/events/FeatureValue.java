package io.plumbline.events;

/**
 * One value of one feature of one entity, as a feature store says it.
 *
 * @param eventTime when the value was made, in epoch milliseconds
 * @param origin null: not told
 * @param version of the feature; null: not told
 */
public record FeatureValue(
    String feature, String entityId, Value value, long eventTime, Origin origin, String version) {

  /** Which of two ways of computing the feature the value came by. */
  public enum Origin {
    /** What models are served. */
    ONLINE,
    /** What models are trained on. */
    OFFLINE
  }
}
