package io.plumbline.onlinemetrics.quality;

import io.plumbline.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What is known of a window, or a part of it that is merged in any order: few observations as they
 * are, many in sums. Which of both changes no figure.
 */
final class WindowContent {
  /** The most observations that are kept as they are: so many take about as much as the sums. */
  static final int MOST_ROWS = 256;

  /** Of an object with its parts, beside the observations. */
  static final int BYTES = 360;

  private final Shape shape;
  private final Observations rows;

  /** Null: all observations are rows; else there are no rows. */
  private Tally tally;

  private long horizon;
  private long predictions;
  private long labelled;
  private long corrections;
  private long expired;
  private long orphans;

  WindowContent(Shape shape) {
    this(shape, new Observations(shape));
  }

  private WindowContent(Shape shape, Observations rows) {
    this.shape = shape;
    this.rows = rows;
  }

  /** Waits so long for labels, in milliseconds; the longest counts. */
  void waits(long millis) {
    horizon = Math.max(horizon, millis);
  }

  /** Counts predictions, those of them with a label, and what else became of labels. */
  void count(long morePredictions, long moreLabelled, long moreCorrections, long moreExpired) {
    predictions += morePredictions;
    labelled += moreLabelled;
    corrections += moreCorrections;
    expired += moreExpired;
  }

  /** Counts a label without a prediction. */
  void countOrphan() {
    orphans++;
  }

  /** Takes observations, while they are few. */
  Observations rows() {
    return rows;
  }

  /** Whether nothing has come. */
  boolean isEmpty() {
    return predictions == 0
        && labelled == 0
        && corrections == 0
        && expired == 0
        && orphans == 0
        && rows.size() == 0
        && tally == null;
  }

  /** Makes it empty, for what comes next. */
  void clear() {
    rows.clear();
    tally = null;
    horizon = 0;
    predictions = 0;
    labelled = 0;
    corrections = 0;
    expired = 0;
    orphans = 0;
  }

  /** Adds a part, which stays as it is. */
  void merge(WindowContent part) {
    waits(part.horizon);
    count(part.predictions, part.labelled, part.corrections, part.expired);
    orphans += part.orphans;
    if (tally == null && part.tally == null && rows.size() + part.rows.size() <= MOST_ROWS) {
      rows.addAll(part.rows);
      return;
    }
    if (tally == null) {
      tally = Tally.of(shape);
      sum(rows, tally);
      rows.clear();
    }
    if (part.tally != null) {
      tally.merge(part.tally);
    }
    sum(part.rows, tally);
  }

  private static void sum(Observations rows, Tally tally) {
    for (int row = 0; row < rows.size(); row++) {
      tally.add(rows, row);
    }
  }

  /** All observations in sums; nobody changes them. */
  Tally summed() {
    if (tally != null) {
      return tally;
    }
    Tally summed = Tally.of(shape);
    sum(rows, summed);
    return summed;
  }

  /** About how many bytes of memory it takes. */
  int bytes() {
    return BYTES + (tally == null ? rows.bytes() : tally.bytes());
  }

  /** How long labels are waited for, in milliseconds. */
  long horizon() {
    return horizon;
  }

  /** Distinct predictions, errors included. */
  long predictions() {
    return predictions;
  }

  /** Those with a label that counts. */
  long labelled() {
    return labelled;
  }

  /** Labels that count, beyond the first of their prediction. */
  long corrections() {
    return corrections;
  }

  /** Labels that came too late to count. */
  long expired() {
    return expired;
  }

  /** Labels without a prediction. */
  long orphans() {
    return orphans;
  }

  void writeTo(DataOutput out) throws IOException {
    Wire.writeSmall(horizon, out);
    Wire.writeSmall(predictions, out);
    // Of a part these may be negative, if seldom.
    Wire.writeSmall(labelled, out);
    Wire.writeSmall(corrections, out);
    Wire.writeSmall(expired, out);
    Wire.writeSmall(orphans, out);
    out.writeBoolean(tally != null);
    if (tally == null) {
      rows.writeTo(out);
    } else {
      tally.writeTo(out);
    }
  }

  static WindowContent readFrom(Shape shape, DataInput in) throws IOException {
    long horizon = Wire.readSmall(in);
    long predictions = Wire.readSmall(in);
    long labelled = Wire.readSmall(in);
    long corrections = Wire.readSmall(in);
    long expired = Wire.readSmall(in);
    long orphans = Wire.readSmall(in);
    boolean isSummed = in.readBoolean();
    WindowContent read =
        isSummed
            ? new WindowContent(shape)
            : new WindowContent(shape, Observations.readFrom(shape, in));
    read.tally = isSummed ? Tally.readFrom(shape, in) : null;
    read.waits(horizon);
    read.count(predictions, labelled, corrections, expired);
    read.orphans = orphans;
    return read;
  }
}
