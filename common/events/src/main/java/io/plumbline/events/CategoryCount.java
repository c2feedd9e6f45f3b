package io.plumbline.events;

/**
 * A category and how often each side has it.
 *
 * @param category its name; {@code __rare__}: the others that the reference has; {@code __new__}:
 *     all that it has not
 */
public record CategoryCount(String category, long reference, long current) {}
