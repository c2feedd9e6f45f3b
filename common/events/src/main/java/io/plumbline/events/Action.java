package io.plumbline.events;

import java.time.Instant;

/**
 * A notification or an automatic action, whatever came of it.
 *
 * @param tried how often it was tried
 */
public record Action(
    String actionId,
    String incidentId,
    String what,
    String why,
    String toWhom,
    long tried,
    String outcome,
    Instant computedAt) {}
