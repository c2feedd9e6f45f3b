package io.plumbline.events;

import java.util.List;

/**
 * The truth about one prediction, or an early stand-in for it.
 *
 * @param ts when it became known, in epoch milliseconds
 * @param label as text: {@code true}, and whole numbers without a fraction
 * @param number the same where it is a number; else null
 * @param kind {@code ground_truth} or {@code proxy:NAME}
 */
public record Label(String predictionId, long ts, String label, Double number, String kind) {
  /** The fields of its records, those first that must be there: the first three. */
  public static final List<String> FIELDS = List.of("prediction_id", "ts", "label", "kind");

  public static final String GROUND_TRUTH = "ground_truth";
}
