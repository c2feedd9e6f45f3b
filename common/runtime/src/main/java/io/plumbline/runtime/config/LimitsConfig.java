package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Limits.Between;
import io.plumbline.runtime.config.binding.Limits.Default;

/**
 * The section {@code limits}, of each streaming job.
 *
 * @param series what is over it is counted as {@code __other__}
 * @param categories of a feature
 * @param gauges series shown to the metric reporter, the worst first
 */
public record LimitsConfig(
    @Default("100000") @Between(least = 1) int series,
    @Default("10000") @Between(least = 1) int categories,
    @Default("200") @Between(least = 0) int gauges) {}
