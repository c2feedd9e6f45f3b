package io.plumbline.featurehealth.skew;

/**
 * A twin and until when it waits. Public and flat, so that Flink keeps it without Kryo.
 *
 * @param until epoch milliseconds
 * @param matched whether the other has come
 */
public record WaitingTwin(Twin twin, long until, boolean matched) {}
