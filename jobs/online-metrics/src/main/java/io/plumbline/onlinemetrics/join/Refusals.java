package io.plumbline.onlinemetrics.join;

import io.plumbline.events.Answer;
import io.plumbline.events.DeadLetter;
import io.plumbline.events.EventJson;
import io.plumbline.events.Label;
import io.plumbline.events.Segment;
import java.io.Serializable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Dead letters of events that were read: they hold our JSON of the event, in the form in which its
 * topic has it.
 *
 * @param predictions the topic of predictions as the broker knows it
 * @param labels that of labels
 */
record Refusals(String predictions, String labels) implements Serializable {

  /**
   * The dead letter of a prediction.
   *
   * @param at when it was refused
   */
  DeadLetter of(Answer answer, int partition, long offset, String reason, Instant at) {
    return DeadLetter.of(
        predictions, partition, offset, reason, at, EventJson.write(record(answer)));
  }

  private static Map<String, Object> record(Answer answer) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("prediction_id", answer.predictionId());
    record.put("model", answer.model());
    record.put("model_version", answer.modelVersion());
    record.put("ts", Instant.ofEpochMilli(answer.ts()));
    put(record, "role", answer.role() == null ? null : lower(answer.role()));
    put(record, "entity_id", answer.entityId());
    put(record, "score", answer.scores() == null ? answer.score() : answer.scores());
    put(record, "value", answer.value());
    put(record, "predicted_label", answer.predictedLabel());
    put(record, "confidence", answer.confidence());
    put(record, "segments", segments(answer));
    put(record, "latency_ms", answer.latencyMs());
    put(record, "error", answer.error());
    return record;
  }

  private static void put(Map<String, Object> record, String field, Object value) {
    if (value != null) {
      record.put(field, value);
    }
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** Those with a value: of the others nobody knows what it was. */
  private static Map<String, String> segments(Answer answer) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Segment segment : answer.segments().values()) {
      if (!segment.others()) {
        values.put(segment.column(), segment.value());
      }
    }
    return values.isEmpty() ? null : values;
  }

  /**
   * The dead letter of a label.
   *
   * @param at when it was refused
   */
  DeadLetter of(KeptLabel label, String predictionId, String reason, Instant at) {
    return DeadLetter.of(
        labels,
        label.partition(),
        label.offset(),
        reason,
        at,
        EventJson.write(record(label.event(predictionId))));
  }

  private static Map<String, Object> record(Label label) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("prediction_id", label.predictionId());
    record.put("ts", Instant.ofEpochMilli(label.ts()));
    record.put("label", label.number() == null ? label.label() : label.number());
    return record;
  }
}
