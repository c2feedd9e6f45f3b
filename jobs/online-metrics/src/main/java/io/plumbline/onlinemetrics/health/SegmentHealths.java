package io.plumbline.onlinemetrics.health;

import io.plumbline.events.Answer;
import io.plumbline.onlinemetrics.join.FreshPrediction;
import io.plumbline.stats.quality.PredictionHealth;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** The predictions of one pane: all of them, and those of each segment. */
final class SegmentHealths {
  /** Of a segment, beside what is known of it and the letters of its text. */
  private static final long BYTES_OF_SEGMENT = 100;

  private static final String ALL = "";

  /** Latencies are whole microseconds. */
  private static final double MICROS_OF_MILLI = 1000;

  private final PredictionHealth all = new PredictionHealth();
  private final Map<String, PredictionHealth> bySegment = new LinkedHashMap<>();

  /** About how many bytes of memory it takes when it is empty. */
  long bytes() {
    return BYTES_OF_SEGMENT + all.bytes();
  }

  /**
   * Adds a prediction.
   *
   * @param value its score or value; null: it has none
   * @return by how many bytes of memory it has grown
   */
  long add(FreshPrediction fresh, Double value) {
    long grown = add(fresh.answer(), value, all);
    for (String segment : fresh.segments()) {
      PredictionHealth health = bySegment.get(segment);
      if (health == null) {
        health = new PredictionHealth();
        bySegment.put(segment, health);
        grown += BYTES_OF_SEGMENT + health.bytes() + 2L * segment.length();
      }
      grown += add(fresh.answer(), value, health);
    }
    return grown;
  }

  private static long add(Answer answer, Double value, PredictionHealth to) {
    long before = to.bytes();
    to.addRow();
    if (answer.error() != null) {
      to.addError();
    }
    if (value != null) {
      to.addValue(value);
    }
    if (isFinite(answer.confidence())) {
      to.addConfidence(answer.confidence());
    }
    if (isFinite(answer.latencyMs())) {
      to.addLatency(Math.round(answer.latencyMs() * MICROS_OF_MILLI));
    }
    return to.bytes() - before;
  }

  private static boolean isFinite(Double number) {
    return number != null && Double.isFinite(number);
  }

  /** Gives each segment's text with what is known of it, that of all traffic first. */
  void forEach(BiConsumer<String, PredictionHealth> out) {
    out.accept(ALL, all);
    bySegment.forEach(out);
  }
}
