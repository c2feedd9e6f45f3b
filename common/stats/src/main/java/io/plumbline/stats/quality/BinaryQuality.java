package io.plumbline.stats.quality;

import io.plumbline.stats.Mergeable;
import io.plumbline.stats.moments.DoubleSum;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The quality of a binary model on labelled predictions. Nothing depends on the order in which they
 * are added, taken out and merged (for binned scores see the contract of {@link ScoreRanking}).
 */
public final class BinaryQuality implements Mergeable<BinaryQuality> {
  private static final int BYTES = 120;

  private ConfusionCounts confusion = new ConfusionCounts();
  private ScoreRanking ranking = new ScoreRanking();
  private Calibration calibration = new Calibration();
  private DoubleSum logLosses = new DoubleSum();
  private DoubleSum squares = new DoubleSum();

  /**
   * Adds a labelled prediction, {@code times} times; a negative number of times takes it out again.
   *
   * @param predicted whether the predicted class is the positive one
   * @param truth whether the label is
   * @param score of the positive class, 0 to 1; NaN: there is none, only the classes count
   * @throws IllegalArgumentException if the score is another number
   */
  public void add(boolean predicted, boolean truth, double score, long times) {
    // What is refused changes nothing, so the scores come first.
    addScore(truth, score, times);
    confusion.add(predicted, truth, times);
  }

  /** Adds one of which no class is known as predicted, as {@link #add} does: its score counts. */
  public void addScore(boolean truth, double score, long times) {
    if (score < 0 || score > 1) {
      throw new IllegalArgumentException("a score outside [0, 1]: " + score);
    }
    if (Double.isNaN(score)) {
      return;
    }
    ranking.add(score, truth, times);
    calibration.add(score, truth, times);
    logLosses.add(logLoss(truth, score), times);
    double error = truth ? 1 - score : score;
    squares.add(error * error, times);
  }

  /** The log loss of one prediction. */
  public static double logLoss(boolean truth, double score) {
    return LogLoss.of(truth ? score : 1 - score);
  }

  /** Of the labelled predictions with a class. */
  public ConfusionCounts confusion() {
    return confusion;
  }

  /** How many labelled predictions have a score: what the figures below are of. */
  public long scored() {
    return ranking.count();
  }

  public Estimate rocAuc() {
    return ranking.rocAuc();
  }

  /** The average precision. */
  public Estimate prAuc() {
    return ranking.averagePrecision();
  }

  /** The mean of {@link LogLoss}; NaN without a score. */
  public double logLoss() {
    return logLosses.over(scored());
  }

  /** The Brier score, {@code mean (score - label)^2}; NaN without a score. */
  public double brier() {
    return squares.over(scored());
  }

  /** See {@link Calibration}; NaN without a score. */
  public double expectedCalibrationError() {
    return calibration.expectedError();
  }

  /** About how many bytes of memory it takes. */
  public int bytes() {
    return BYTES + ranking.bytes() + calibration.bytes() + logLosses.bytes() + squares.bytes();
  }

  @Override
  public void merge(BinaryQuality other) {
    confusion.merge(other.confusion);
    ranking.merge(other.ranking);
    calibration.merge(other.calibration);
    logLosses.merge(other.logLosses);
    squares.merge(other.squares);
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    confusion.writeTo(out);
    ranking.writeTo(out);
    calibration.writeTo(out);
    logLosses.writeTo(out);
    squares.writeTo(out);
  }

  public static BinaryQuality readFrom(DataInput in) throws IOException {
    BinaryQuality quality = new BinaryQuality();
    quality.confusion = ConfusionCounts.readFrom(in);
    quality.ranking = ScoreRanking.readFrom(in);
    quality.calibration = Calibration.readFrom(in);
    quality.logLosses = DoubleSum.readFrom(in);
    quality.squares = DoubleSum.readFrom(in);
    return quality;
  }
}
