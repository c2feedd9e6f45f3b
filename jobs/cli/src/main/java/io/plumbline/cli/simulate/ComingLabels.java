package io.plumbline.cli.simulate;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The labels that are still to come: when each does, and what it says. Delays are log-normal, so
 * that the last of a day's labels come long after most.
 */
final class ComingLabels {
  /** Share of predictions of which nobody ever learns the truth. */
  static final double NEVER = 0.05;

  /** Share of labels that are wrong, and corrected by a later one. */
  static final double CORRECTED = 0.02;

  /** Share of labels whose record is sent twice, as by a sender that tries again. */
  static final double TWICE = 0.01;

  /** Labels without a prediction, for each prediction. */
  static final double ORPHANS = 0.005;

  private static final long LABELS = 2;

  /** Deviation of the delays' logarithms. */
  private static final double SPREAD = 1;

  /** No delay is longer than so many times the mean; of ten million, two would be. */
  private static final double LONGEST = 100;

  /** A correction is later than what it corrects, also in milliseconds. */
  private static final long LEAST_CORRECTION = 1_000_000;

  /**
   * The truth about a prediction.
   *
   * @param prediction its index
   * @param hasPrediction whether anybody sees that prediction
   * @param offset when it comes out
   */
  record Label(long prediction, boolean hasPrediction, long offset, boolean positive)
      implements Comparable<Label> {
    private static final Comparator<Label> ORDER =
        Comparator.comparingLong(Label::offset)
            .thenComparingLong(Label::prediction)
            .thenComparing(Label::hasPrediction);

    @Override
    public int compareTo(Label other) {
      return ORDER.compare(this, other);
    }
  }

  private final Draws draws;
  private final double meanDelay;
  private final PriorityQueue<Label> labels = new PriorityQueue<>();

  /**
   * @param meanDelay from a prediction to its first label, and from there to a correction
   */
  ComingLabels(long seed, Duration meanDelay) {
    draws = new Draws(seed);
    this.meanDelay = meanDelay.toNanos();
  }

  /** Adds those of a prediction. */
  void follow(Prediction prediction) {
    draws.at(LABELS, prediction.index, 0);
    long at = prediction.offset + delay();
    boolean positive = draws.nextDouble() < prediction.probability;
    boolean never = draws.nextDouble() < NEVER;
    boolean twice = draws.nextDouble() < TWICE;
    boolean isCorrected = draws.nextDouble() < CORRECTED;
    long correctedAt = at + Math.max(LEAST_CORRECTION, delay());
    if (!never) {
      Label first = new Label(prediction.index, true, at, positive != isCorrected);
      labels.add(first);
      if (twice) {
        labels.add(first);
      }
      if (isCorrected) {
        labels.add(new Label(prediction.index, true, correctedAt, positive));
      }
    }
    if (draws.nextDouble() < ORPHANS) {
      labels.add(new Label(prediction.index, false, prediction.offset + delay(), positive));
    }
  }

  private long delay() {
    double relative = Math.exp(SPREAD * draws.nextGaussian() - SPREAD * SPREAD / 2);
    return (long) (meanDelay * Math.min(LONGEST, relative));
  }

  /** When the next is, in nanoseconds since the start; the greatest number: there is none. */
  long next() {
    return labels.isEmpty() ? Long.MAX_VALUE : labels.peek().offset();
  }

  /** Takes the next one out. */
  Label remove() {
    return labels.remove();
  }

  int size() {
    return labels.size();
  }
}
