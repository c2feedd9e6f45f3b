package io.plumbline.events;

import java.time.Instant;
import java.util.List;

/**
 * How a feature was in one window, as a person would ask.
 *
 * @param model null where the check is about the feature itself
 * @param freshnessSeconds the age of its newest value
 * @param nullRatio the share of rows without a value
 * @param valueMin null where no value is a number
 * @param pooledFrom the start of the first window that was too small to be judged alone; null: this
 *     one was judged alone
 * @param issues in words, with numbers
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
    Instant computedAt) {}
