package io.plumbline.drift.compare;

import io.plumbline.events.DriftResult;

/**
 * What was measured of one feature in one segment, before it is judged. Public and flat, so that
 * Flink serialises it without Kryo.
 *
 * @param key the plan's number of feature and segment
 * @param identifier why the values are those of an identifier, so that only its cells were counted;
 *     null: they were compared
 * @param referenceUsable cells that statistics are computed from
 * @param chi2Sparse whether the chi-squared p-value cannot be relied on
 * @param goodnessOfFitPValue of categorical features; null where it is undefined
 * @param measured the result without severities, reason and time
 */
public record Comparison(
    int key,
    String identifier,
    long referenceUsable,
    long currentUsable,
    boolean chi2Sparse,
    Double goodnessOfFitPValue,
    DriftResult measured) {}
