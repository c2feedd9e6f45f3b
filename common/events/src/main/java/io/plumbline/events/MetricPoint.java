package io.plumbline.events;

import java.time.Instant;
import java.util.Map;

/**
 * One number about one series in one window. A later state of the same point, the one with the
 * greater {@code computedAt}, replaces the earlier.
 *
 * @param series the text of the {@link Series}
 * @param value finite; null withdraws the point
 * @param count rows behind the value
 * @param windowStart first instant of the window, {@code windowEnd} the first after it
 * @param bound the greatest error that the method allows, 0 where the value is exact
 * @param coverage the share of rows that the value could be computed from; null where it does not
 *     apply
 * @param isFinal whether no further state is expected
 */
public record MetricPoint(
    String series,
    String metric,
    Double value,
    long count,
    Instant windowStart,
    Instant windowEnd,
    String model,
    String modelVersion,
    String feature,
    String segment,
    String job,
    String layer,
    Map<String, String> labels,
    double bound,
    Double coverage,
    boolean isFinal,
    Instant computedAt) {}
