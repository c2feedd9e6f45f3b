package io.plumbline.onlinemetrics.join;

import io.plumbline.onlinemetrics.model.BinaryClass;
import java.util.List;

/**
 * What is kept of a prediction until its horizon has passed: what metrics need, never features.
 *
 * @param served by what it was made
 * @param segments texts of the segments that it is in ({@code country=DE}), beside that of all
 * @param ts when it was made, in epoch milliseconds
 * @param isError whether it is an error in place of an answer
 * @param output the score of a binary model, which is in [0, 1], or the value of a regression; NaN:
 *     there is none, or none that is finite
 * @param predictedClass of a binary model, by its label, else by its score; null: there is none, or
 *     a label that is neither class; of other tasks null
 * @param predictedLabel of a multiclass model, the class of the greatest score where it has none;
 *     null: there is neither; of other tasks null
 * @param scores of a multiclass model; null: there are none, or not all of them are finite
 */
public record KeptPrediction(
    ServedVersion served,
    List<String> segments,
    long ts,
    boolean isError,
    double output,
    BinaryClass predictedClass,
    String predictedLabel,
    ClassScores scores) {

  /** Whether it counts in metrics that need labels: its model is known, and so is its task. */
  boolean isMeasured() {
    return served.task() != null;
  }

  /** The last time of a label that counts, in epoch milliseconds. */
  long horizonEnd() {
    return ts + served.horizon();
  }
}
