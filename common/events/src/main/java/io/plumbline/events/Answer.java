package io.plumbline.events;

import io.plumbline.events.Prediction.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A prediction without what it was made from: what a join with labels keeps of it. Its identity is
 * that of the {@link Prediction}, and so is what may be absent.
 *
 * @param segments column to value, of the columns that were asked for; one that is not there is
 *     null
 */
public record Answer(
    String predictionId,
    String model,
    String modelVersion,
    Role role,
    long ts,
    String entityId,
    Double score,
    Map<String, Double> scores,
    Double value,
    String predictedLabel,
    Double confidence,
    Map<String, String> segments,
    Double latencyMs,
    String error) {
  /** Beyond it doubles are not exact whole numbers. */
  private static final double MOST_WHOLE = 1e15;

  /**
   * What a prediction says.
   *
   * @param columns whose values are kept as its segments: a column's value is the event's segment
   *     of that name, else its feature
   */
  public static Answer of(Prediction prediction, List<String> columns) {
    return new Answer(
        prediction.predictionId(),
        prediction.model(),
        prediction.modelVersion(),
        prediction.role(),
        prediction.ts(),
        prediction.entityId(),
        prediction.score(),
        prediction.scores(),
        prediction.value(),
        prediction.predictedLabel(),
        prediction.confidence(),
        columns.isEmpty() ? Map.of() : segments(prediction, columns),
        prediction.latencyMs(),
        prediction.error());
  }

  private static Map<String, String> segments(Prediction prediction, List<String> columns) {
    Map<String, String> segments = new LinkedHashMap<>();
    for (String column : columns) {
      if (prediction.segments().containsKey(column)) {
        segments.put(column, prediction.segments().get(column));
      } else {
        int index = prediction.features().names().asList().indexOf(column);
        String text = index < 0 ? null : text(prediction.features(), index);
        if (text != null) {
          segments.put(column, text);
        }
      }
    }
    return segments;
  }

  /** As a segment's value is written: whole numbers without a fraction, vectors as lists. */
  private static String text(FeatureValues features, int index) {
    return switch (features.kind(index)) {
      case ABSENT, NULL -> null;
      case TEXT -> features.text(index);
      case BOOLEAN -> Boolean.toString(features.integer(index) == 1);
      case INTEGER -> Long.toString(features.integer(index));
      case NUMBER -> text(features.number(index));
      case VECTOR, OTHER -> features.value(index).toString();
    };
  }

  private static String text(double number) {
    return number == Math.rint(number) && Math.abs(number) < MOST_WHOLE
        ? Long.toString((long) number)
        : Double.toString(number);
  }
}
