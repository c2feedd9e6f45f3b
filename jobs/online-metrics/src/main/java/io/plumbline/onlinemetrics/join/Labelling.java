package io.plumbline.onlinemetrics.join;

import java.time.Duration;
import java.util.Objects;

/**
 * What the labels that are known say of a prediction. Equal ones say the same.
 *
 * @param truth by the label that counts; null: there is none
 * @param corrections labels that count, beyond the first
 * @param expired labels that came too late to count
 * @param early truth by the labels that came {@link #EARLY}; null: there is none
 * @param earlyCorrections labels that came so, beyond the first
 */
public record Labelling(
    Truth truth, int corrections, int expired, Truth early, int earlyCorrections) {
  /** How long after a prediction its label counts in short windows too, in milliseconds. */
  public static final long EARLY = Duration.ofDays(32).toMillis();

  /** Of a prediction without a label. */
  public static final Labelling NONE = new Labelling(null, 0, 0);

  /** By labels that all came early. */
  public Labelling(Truth truth, int corrections, int expired) {
    this(truth, corrections, expired, truth, corrections);
  }

  /** With one label more that came too late to count. */
  Labelling withExpired() {
    return new Labelling(truth, corrections, expired + 1, early, earlyCorrections);
  }

  /** Whether all labels that count came early. */
  boolean isEarly() {
    return corrections == earlyCorrections && Objects.equals(truth, early);
  }
}
