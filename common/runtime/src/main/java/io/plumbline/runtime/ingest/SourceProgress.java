package io.plumbline.runtime.ingest;

/**
 * What a source's task says of its place in its topic: once that it has begun, and once that it has
 * caught up. Public and flat, so that Flink serialises it without Kryo.
 *
 * @param source which of the job's sources
 * @param task its number, {@code tasks} of which there are
 * @param caughtUp whether what it reads now was written just now
 */
public record SourceProgress(String source, int task, int tasks, boolean caughtUp) {}
