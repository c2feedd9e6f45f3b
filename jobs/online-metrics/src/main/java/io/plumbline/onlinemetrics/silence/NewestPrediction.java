package io.plumbline.onlinemetrics.silence;

/**
 * The time of the newest prediction of a model's version that a task has seen. Public and flat, so
 * that Flink serialises it without Kryo.
 *
 * @param version empty: one that config and control do not have
 * @param time epoch milliseconds
 */
public record NewestPrediction(String model, String version, long time) {}
