package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Limits.Between;
import io.plumbline.runtime.config.binding.Limits.Default;
import io.plumbline.runtime.config.binding.Limits.Positive;
import java.io.Serializable;
import java.time.Duration;

/**
 * The section {@code feature_health}.
 *
 * @param window length of the windows of completeness, range and volume
 * @param minRows rows below which a window is judged together with the next ones
 */
public record FeatureHealthConfig(
    @Default("1m") @Positive Duration window, @Default("30") @Between(least = 0) long minRows)
    implements Serializable {}
