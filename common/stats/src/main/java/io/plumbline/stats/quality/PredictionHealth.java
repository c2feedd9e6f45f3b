package io.plumbline.stats.quality;

import io.plumbline.stats.Mergeable;
import io.plumbline.stats.moments.DoubleSum;
import io.plumbline.stats.numeric.NumericDomain;
import io.plumbline.stats.numeric.NumericSummary;
import io.plumbline.stats.quantile.LogLinearHistogram;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What can be said of a model's predictions before any label comes. Nothing is taken out again. */
public final class PredictionHealth implements Mergeable<PredictionHealth> {
  /** So many distinct scores or values keep quantiles exact; about so many cells are kept then. */
  private static final int MOST_EXACT = 1_024;

  /** Of an object with all its parts, beside what grows. */
  private static final int BYTES = 400;

  /** Of a cell of values: its least and greatest, and how many they are. */
  private static final int BYTES_OF_CELL = 24;

  private long rows;
  private long errors;
  private NumericSummary values = new NumericSummary(NumericDomain.doubles(), MOST_EXACT);
  private DoubleSum confidences = new DoubleSum();
  private long confidenceCount;
  private LogLinearHistogram latencies = new LogLinearHistogram();

  /** Adds a prediction, of which what is known is added beside. */
  public void addRow() {
    rows++;
  }

  /** Adds that a prediction was an error. */
  public void addError() {
    errors++;
  }

  /** Adds a prediction's score or value, whatever it is. */
  public void addValue(double value) {
    values.addDouble(value);
  }

  /** Adds how sure a prediction is: a finite number. */
  public void addConfidence(double confidence) {
    confidenceCount++;
    confidences.add(confidence, 1);
  }

  /** Adds how long a prediction took, as a whole number of the caller's unit. */
  public void addLatency(long latency) {
    latencies.add(latency, 1);
  }

  /** Predictions, errors included. */
  public long rows() {
    return rows;
  }

  public long errors() {
    return errors;
  }

  /** The share of rows that are errors; NaN without rows. */
  public double errorRatio() {
    return Shares.of(errors, rows);
  }

  /**
   * Scores or values: moments, least and greatest, quantiles with their bound of those that are
   * finite.
   */
  public NumericSummary values() {
    return values;
  }

  /** The share of the scores or values that are there and not finite; NaN where none is there. */
  public double notFiniteRatio() {
    return Shares.of(values.nans() + values.infinities(), values.rows());
  }

  public long confidenceCount() {
    return confidenceCount;
  }

  /** NaN without one. */
  public double meanConfidence() {
    return confidences.over(confidenceCount);
  }

  public LogLinearHistogram latencies() {
    return latencies;
  }

  /** About how many bytes of memory it takes, at most. */
  public int bytes() {
    long cells = Math.min(values.usable() - values.buffered(), MOST_EXACT);
    return BYTES
        + values.moments().bytes()
        + 2 * Long.BYTES * values.buffered()
        + (int) cells * BYTES_OF_CELL
        + confidences.bytes()
        + latencies.bytes();
  }

  @Override
  public void merge(PredictionHealth other) {
    rows += other.rows;
    errors += other.errors;
    values.merge(other.values);
    confidenceCount += other.confidenceCount;
    confidences.merge(other.confidences);
    latencies.merge(other.latencies);
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    VarLong.write(rows, out);
    VarLong.write(errors, out);
    values.writeTo(out);
    VarLong.write(confidenceCount, out);
    confidences.writeTo(out);
    latencies.writeTo(out);
  }

  public static PredictionHealth readFrom(DataInput in) throws IOException {
    PredictionHealth health = new PredictionHealth();
    health.rows = VarLong.read(in);
    health.errors = VarLong.read(in);
    health.values = NumericSummary.readFrom(in, MOST_EXACT);
    health.confidenceCount = VarLong.read(in);
    health.confidences = DoubleSum.readFrom(in);
    health.latencies = LogLinearHistogram.readFrom(in);
    return health;
  }
}
