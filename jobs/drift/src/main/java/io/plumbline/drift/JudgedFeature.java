package io.plumbline.drift;

import io.plumbline.events.DriftResult;

/**
 * What the job says of one feature and segment: a result, or why there is none. Public and flat, so
 * that Flink serialises it without Kryo.
 *
 * @param result null if the column was left out
 * @param column the column that was left out, else null
 * @param reason why, else null
 */
public record JudgedFeature(DriftResult result, String column, String reason) {}
