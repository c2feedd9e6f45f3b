package io.plumbline.onlinemetrics.join;

import io.plumbline.onlinemetrics.model.BinaryClass;

/**
 * What turned out to be true of a prediction, as far as is known.
 *
 * @param ts of the label, in epoch milliseconds
 * @param label as text
 * @param outcome of a binary model; else null
 * @param number of a regression, finite; else NaN
 */
public record Truth(long ts, String label, BinaryClass outcome, double number) {}
