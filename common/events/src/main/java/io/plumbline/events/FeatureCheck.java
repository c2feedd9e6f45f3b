package io.plumbline.events;

import java.time.Instant;
import java.util.List;

/**
 * How a feature was in one window, as a person would ask. A later state of the same check, the one
 * with the greater {@code computedAt}, replaces the earlier; the check's identity is feature,
 * model, version of the model, segment and window.
 *
 * @param model null where the check is about the feature itself
 * @param freshnessSeconds the age of its newest value
 * @param nullRatio the share of rows without a value
 * @param valueMin null where no value is a number
 * @param pooledFrom the start of the first window that was too small to be judged alone; null: this
 *     one was judged alone
 * @param issues in words, with numbers
 * @param withdrawn whether there is no such check any more; it has only its identity then
 */
public record FeatureCheck(
    String feature,
    String featureVersion,
    String model,
    String modelVersion,
    String segment,
    Instant windowStart,
    Instant windowEnd,
    Double freshnessSeconds,
    Double nullRatio,
    Double valueMin,
    Double valueMax,
    long rows,
    Instant pooledFrom,
    boolean isHealthy,
    List<String> issues,
    boolean withdrawn,
    Instant computedAt) {

  /**
   * A state that takes back the check of a feature by itself, which nothing is known of any more.
   */
  public static FeatureCheck withdrawn(
      String feature, Instant windowStart, Instant windowEnd, Instant computedAt) {
    return new FeatureCheck(
        feature,
        null,
        null,
        null,
        "",
        windowStart,
        windowEnd,
        null,
        null,
        null,
        null,
        0,
        null,
        true,
        List.of(),
        true,
        computedAt);
  }
}
