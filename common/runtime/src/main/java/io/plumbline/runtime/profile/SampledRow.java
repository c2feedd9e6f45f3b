package io.plumbline.runtime.profile;

/**
 * What a sampled row has of a feature. A row is sampled for all features of a segment or for none,
 * and is known by its hash.
 *
 * @param values a number, or the components of a vector; null: it is missing, or text
 * @param text of a categorical feature; null: it is missing, or a number
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SampledRow(long hash, double[] values, String text) {}
