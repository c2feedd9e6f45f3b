package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Limits.Default;
import io.plumbline.runtime.config.binding.Limits.Positive;
import io.plumbline.runtime.config.binding.Limits.Required;
import java.io.Serializable;
import java.time.Duration;

/**
 * The section {@code watchdog}: an address that hears from us while all jobs are well.
 *
 * @param every time between two beats
 */
public record WatchdogConfig(@Required String url, @Default("1m") @Positive Duration every)
    implements Serializable {}
