package io.plumbline.drift.compare;

import io.plumbline.events.DriftResult;

/**
 * What was measured of one feature in one segment, before it is judged. Public and flat, so that
 * Flink serialises it without Kryo.
 *
 * @param key the plan's number of feature and segment
 * @param leftOut why only the cells were counted, and the values not compared; null: they were
 * @param typeChange how values show that the feature is of another type now; null: they do not
 * @param referenceUsable cells that statistics are computed from
 * @param chi2Sparse whether the chi-squared p-value cannot be relied on
 * @param goodnessOfFitPValue of categorical features; null where it is undefined
 * @param measured the result without severities, reason and time
 */
public record Comparison(
    int key,
    String leftOut,
    String typeChange,
    long referenceUsable,
    long currentUsable,
    boolean chi2Sparse,
    Double goodnessOfFitPValue,
    DriftResult measured) {}
