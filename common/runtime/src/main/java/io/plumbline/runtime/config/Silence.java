package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Limits.Required;
import java.io.Serializable;
import java.time.Instant;
import java.util.Map;

/**
 * A stretch of time in which nobody is told, as the control topic says it.
 *
 * @param matchers what an alert must say to be silent, as in a route's {@code match}
 * @param from null: from the message on
 * @param until the first instant that is not silent any more
 * @param reason for those who wonder why it is so quiet
 */
public record Silence(
    @Required Map<String, String> matchers,
    Instant from,
    @Required Instant until,
    @Required String reason)
    implements Serializable {}
