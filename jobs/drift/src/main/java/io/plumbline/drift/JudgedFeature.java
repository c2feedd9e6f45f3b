package io.plumbline.drift;

import io.plumbline.events.DriftResult;

/**
 * What the job says of one feature and segment: a result, or why there is none. Public and flat, so
 * that Flink serialises it without Kryo.
 *
 * @param result null if the column was left out
 * @param column the column that was left out, else null
 * @param reason why; of neither a result nor a column: what else there is to say of the run
 */
public record JudgedFeature(DriftResult result, String column, String reason) {
  static JudgedFeature note(String text) {
    return new JudgedFeature(null, null, text);
  }

  /** Whether it is of the run rather than of a feature. */
  public boolean isNote() {
    return result == null && column == null;
  }
}
