package io.plumbline.events;

/**
 * A bin and how many values each side has in it.
 *
 * @param from the lower end, which is in the bin; null: open
 * @param to the upper end, which is not, unless the bin is an atom; null: open
 * @param atom whether it holds a single value
 */
public record BinCount(Double from, Double to, boolean atom, long reference, long current) {}
