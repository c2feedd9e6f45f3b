package io.plumbline.events;

import java.util.Map;

/**
 * What one side's values are like. Null where there are none.
 *
 * @param stddev the sample standard deviation
 * @param quantiles by the fraction as text: {@code "0.5"} is the median
 */
public record ProfileSummary(
    Double mean, Double stddev, Double min, Double max, Map<String, Double> quantiles) {}
