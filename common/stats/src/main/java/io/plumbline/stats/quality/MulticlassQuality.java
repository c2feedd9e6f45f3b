package io.plumbline.stats.quality;

import io.plumbline.stats.Mergeable;
import io.plumbline.stats.moments.DoubleSum;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The quality of a model of several classes on labelled predictions. Nothing depends on the order
 * in which they are added, taken out and merged, up to the most classes of {@link ClassCounts}.
 */
public final class MulticlassQuality implements Mergeable<MulticlassQuality> {
  private static final int BYTES = 80;

  private ClassCounts classes = new ClassCounts();
  private Calibration calibration = new Calibration();
  private DoubleSum logLosses = new DoubleSum();

  /**
   * Adds a labelled prediction, {@code times} times; a negative number of times takes it out again.
   *
   * @param ofTruth the score of the class that is true, 0 to 1: 0 where the model does not name it;
   *     NaN: there are no scores, only the classes count
   * @param ofPredicted the score of the predicted class, 0 to 1; NaN where {@code ofTruth} is
   * @throws IllegalArgumentException if a score is another number, or only one is there
   */
  public void add(String truth, String predicted, double ofTruth, double ofPredicted, long times) {
    boolean scored = isScore(ofTruth) && isScore(ofPredicted);
    if (!scored && !(Double.isNaN(ofTruth) && Double.isNaN(ofPredicted))) {
      throw new IllegalArgumentException(
          "scores that are none: %s and %s".formatted(ofTruth, ofPredicted));
    }
    classes.add(truth, predicted, times);
    if (scored) {
      calibration.add(ofPredicted, truth.equals(predicted), times);
      logLosses.add(LogLoss.of(ofTruth), times);
    }
  }

  private static boolean isScore(double number) {
    return number >= 0 && number <= 1;
  }

  /** Of all labelled predictions. */
  public ClassCounts classes() {
    return classes;
  }

  /** How many labelled predictions have scores: what the figures below are of. */
  public long scored() {
    return calibration.count();
  }

  /**
   * The mean of {@link LogLoss} of the true class, whose score is taken as it is, as scikit-learn
   * 1.9 does: scores that do not sum to one are not made to; NaN without scores.
   */
  public double logLoss() {
    return logLosses.over(scored());
  }

  /** The {@link Calibration} of the predicted class's score; NaN without scores. */
  public double expectedCalibrationError() {
    return calibration.expectedError();
  }

  /** About how many bytes of memory it takes. */
  public int bytes() {
    return BYTES + classes.bytes() + calibration.bytes() + logLosses.bytes();
  }

  @Override
  public void merge(MulticlassQuality other) {
    classes.merge(other.classes);
    calibration.merge(other.calibration);
    logLosses.merge(other.logLosses);
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    classes.writeTo(out);
    calibration.writeTo(out);
    logLosses.writeTo(out);
  }

  public static MulticlassQuality readFrom(DataInput in) throws IOException {
    MulticlassQuality quality = new MulticlassQuality();
    quality.classes = ClassCounts.readFrom(in);
    quality.calibration = Calibration.readFrom(in);
    quality.logLosses = DoubleSum.readFrom(in);
    return quality;
  }
}
