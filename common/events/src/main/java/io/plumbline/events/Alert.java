package io.plumbline.events;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A monitor that fires, or no longer does, for one series.
 *
 * @param state firing or resolved
 * @param severity P0 to P3
 * @param series the text of the {@link Series}; its parts stand beside it
 * @param expected what a dynamic threshold expected; null for a static one, as its bounds
 * @param resolvedBy condition, person or incident; null while it fires
 */
public record Alert(
    String alertId,
    String monitor,
    String state,
    String severity,
    String series,
    String metric,
    String job,
    String model,
    String modelVersion,
    String feature,
    String segment,
    String window,
    Map<String, String> labels,
    String layer,
    Double value,
    Double threshold,
    Double expected,
    Double lower,
    Double upper,
    Double zScore,
    String title,
    String reason,
    List<String> affectedModels,
    String resolvedBy,
    Instant startedAt,
    Instant computedAt) {}
