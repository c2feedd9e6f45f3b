package io.plumbline.onlinemetrics.join;

import io.plumbline.events.Label;
import java.util.Comparator;

/**
 * What is kept of a label. Two with the same time, label and type are the same label.
 *
 * @param ts when it became known, in epoch milliseconds
 * @param label as text
 * @param isNumber whether it came as a number, not as a text that looks like one
 * @param isRefused whether it is a dead letter already
 * @param partition of its record
 * @param offset of its record
 */
record KeptLabel(
    long ts, String label, boolean isNumber, boolean isRefused, int partition, long offset) {
  /** By time; of labels of one time the greatest text counts. */
  static final Comparator<KeptLabel> ORDER =
      Comparator.comparingLong(KeptLabel::ts)
          .thenComparing(KeptLabel::label)
          .thenComparing(KeptLabel::isNumber);

  static KeptLabel of(Label label, int partition, long offset) {
    return new KeptLabel(
        label.ts(), label.label(), label.number() != null, false, partition, offset);
  }

  KeptLabel refused() {
    return new KeptLabel(ts, label, isNumber, true, partition, offset);
  }

  /** The event that it came from. */
  Label event(String predictionId) {
    return new Label(
        predictionId, ts, label, isNumber ? Double.valueOf(label) : null, Label.GROUND_TRUTH);
  }
}
