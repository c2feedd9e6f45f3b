package io.plumbline.featurehealth.freshness;

/**
 * The newest time of a feature's values that a task has seen. Public and flat, so that Flink
 * serialises it without Kryo.
 *
 * @param time epoch milliseconds
 * @param registered whether the registry had the feature then
 */
public record NewestTime(String feature, long time, boolean registered) {}
