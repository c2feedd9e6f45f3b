package io.plumbline.runtime.ingest;

/**
 * Whether all sources of a job have read what was written while it was down. Public and flat, so
 * that Flink serialises it without Kryo.
 *
 * @param caughtUp false once the job has begun, true once from when silence counts
 */
public record CatchUpState(boolean caughtUp) {}
