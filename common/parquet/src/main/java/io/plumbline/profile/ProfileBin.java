package io.plumbline.profile;

/**
 * A bin of a numeric feature and how many values are in it.
 *
 * @param from the lower end, which is in the bin; null: open
 * @param to the upper end, which is not, unless the bin is an atom; null: open
 * @param atom whether it holds a single value
 * @param quantiles how many quantiles an atom is; 0 if it is none
 * @param leastKey the least key that is in the bin, which says exactly what {@code from} may round;
 *     null: open
 */
public record ProfileBin(
    Double from, Double to, boolean atom, long quantiles, Long leastKey, long count) {}
