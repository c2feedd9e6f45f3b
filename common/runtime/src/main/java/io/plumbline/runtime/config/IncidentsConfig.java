package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Limits.Default;
import java.io.Serializable;
import java.time.Duration;

/**
 * The section {@code incidents}.
 *
 * @param settle processing time before the first notification, anew with each alert that joins; P0
 *     never waits
 * @param reopen how long after its end the same root cause reopens an incident
 */
public record IncidentsConfig(@Default("15s") Duration settle, @Default("1h") Duration reopen)
    implements Serializable {}
