package io.plumbline.cli.features;

import java.time.Instant;
import java.util.List;

/**
 * What is told of a feature, or of a feature in one place. What is not known is null.
 *
 * @param model of the place, as {@code modelVersion} and {@code segment}
 * @param source the nodes of the lineage that it is made from; empty: not known
 * @param models all that read the feature
 * @param freshnessSeconds by the latest check
 * @param issues of the check that decides the health, as are the null ratio and the rows
 * @param windowStart of that check, as {@code computedAt}
 * @param checkedAt of the latest check
 */
record FeatureRow(
    String feature,
    String model,
    String modelVersion,
    String segment,
    Health health,
    Double freshnessSeconds,
    Double nullRatio,
    Long rows,
    String owner,
    List<String> source,
    List<String> models,
    List<String> issues,
    Instant windowStart,
    Instant computedAt,
    Instant checkedAt) {

  Place place() {
    return new Place(feature, model, modelVersion, segment);
  }
}
