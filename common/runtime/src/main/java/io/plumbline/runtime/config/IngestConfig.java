package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.DataSize;
import io.plumbline.runtime.config.binding.Limits.Between;
import io.plumbline.runtime.config.binding.Limits.Default;
import io.plumbline.runtime.config.binding.Limits.Positive;
import java.io.Serializable;
import java.time.Duration;

/**
 * The section {@code ingest}: what the jobs take of the topics that they read.
 *
 * @param outOfOrderness how far a partition's events may be out of order before windows close
 * @param idleAfter how long a partition may be silent before its time goes on without it
 * @param maxFuture how far an event may be ahead of its Kafka record
 * @param allowedLateness how long a closed window still takes events
 * @param maxRecord the largest record that is decoded
 * @param maxDepth how deeply a record may be nested
 * @param maxFeatures the most features, or entries of another of its objects, that an event has
 */
public record IngestConfig(
    @Default("10s") Duration outOfOrderness,
    @Default("30s") @Positive Duration idleAfter,
    @Default("5m") Duration maxFuture,
    @Default("10m") Duration allowedLateness,
    @Default("1MiB") @Positive DataSize maxRecord,
    @Default("32") @Between(least = 1, greatest = 1000) int maxDepth,
    @Default("10000") @Between(least = 1) int maxFeatures)
    implements Serializable {}
