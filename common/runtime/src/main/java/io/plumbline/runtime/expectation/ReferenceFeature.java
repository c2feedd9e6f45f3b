package io.plumbline.runtime.expectation;

/**
 * What is expected of a feature by its reference: as much of its profile as a stream can hold.
 *
 * @param rows of the reference
 * @param nulls of these
 * @param finite numbers among these
 * @param min of the finite values; null: it has none, or no numbers
 * @param max of the finite values
 * @param categories null: it has none
 */
public record ReferenceFeature(
    long rows, long nulls, long finite, Double min, Double max, KnownCategories categories) {}
