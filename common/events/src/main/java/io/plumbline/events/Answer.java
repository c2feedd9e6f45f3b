package io.plumbline.events;

import io.plumbline.events.Prediction.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A prediction without what it was made from: what a join with labels keeps of it. Its identity is
 * that of the {@link Prediction}, and so is what may be absent.
 *
 * @param segments by column, of those that were asked for; a column that is not there is null
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
    Map<String, Segment> segments,
    Double latencyMs,
    String error) {
  /** The same in this role. */
  public Answer in(Role newRole) {
    return new Answer(
        predictionId,
        model,
        modelVersion,
        newRole,
        ts,
        entityId,
        score,
        scores,
        value,
        predictedLabel,
        confidence,
        segments,
        latencyMs,
        error);
  }

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

  private static Map<String, Segment> segments(Prediction prediction, List<String> columns) {
    Map<String, Segment> segments = new LinkedHashMap<>();
    for (String column : columns) {
      Segment segment = segment(prediction, column);
      if (segment.value() != null || segment.others()) {
        segments.put(column, segment);
      }
    }
    return segments;
  }

  private static Segment segment(Prediction prediction, String column) {
    if (prediction.segments().containsKey(column)) {
      return Segment.of(column, prediction.segments().get(column));
    }
    int index = prediction.features().names().asList().indexOf(column);
    return index < 0
        ? Segment.of(column, null)
        : FeatureSegment.of(column, prediction.features(), index);
  }
}
