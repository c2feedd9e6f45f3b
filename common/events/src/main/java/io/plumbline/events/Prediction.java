package io.plumbline.events;

import java.util.List;
import java.util.Map;

/**
 * One inference. Its identity is {@code predictionId}, {@code model} and {@code modelVersion}; what
 * may be absent is null, but for features and segments, which are then empty.
 *
 * @param role its own; null: that of its version
 * @param ts when it was made, in epoch milliseconds
 * @param score probability of the positive class; null if there is none, or if {@code scores} has
 *     one for each class
 * @param value of a regression
 * @param predictedLabel as {@link Label#label}
 * @param segments column to value, which is null where the record has a null
 */
public record Prediction(
    String predictionId,
    String model,
    String modelVersion,
    Role role,
    long ts,
    FeatureValues features,
    String entityId,
    Double score,
    Map<String, Double> scores,
    Double value,
    String predictedLabel,
    Double confidence,
    Map<String, String> segments,
    Double latencyMs,
    String error) {
  /** The fields of its records, those first that must be there: the first four. */
  public static final List<String> FIELDS =
      List.of(
          "prediction_id",
          "model",
          "model_version",
          "ts",
          "role",
          "features",
          "feature_times",
          "entity_id",
          "score",
          "value",
          "predicted_label",
          "confidence",
          "segments",
          "latency_ms",
          "error");

  /** What a model's version does. */
  public enum Role {
    /** Its answers are used. */
    CHAMPION,
    /** It only runs along. */
    SHADOW
  }
}
