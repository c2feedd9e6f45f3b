package io.plumbline.onlinemetrics.join;

/**
 * A label for which no prediction has come.
 *
 * @param ts of the label, in epoch milliseconds
 */
public record Orphan(long ts) {}
