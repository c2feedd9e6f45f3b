package io.plumbline.stats.quality;

import io.plumbline.stats.Mergeable;
import io.plumbline.stats.proportion.BinomialExcess;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.commons.numbers.gamma.Erfc;

/**
 * Which of two versions predicted the class of the same labelled predictions: McNemar's test of
 * whether one is right more often (Psychometrika 12, 1947).
 */
public final class PairedHits implements Mergeable<PairedHits> {
  /** With fewer the test is exact. */
  private static final long ENOUGH = 25;

  private long count;
  private long onlyChampion;
  private long onlyShadow;

  /**
   * Adds a labelled pair, {@code times} times; a negative number of times takes it out again.
   *
   * @param champion whether it was right
   * @param shadow whether it was
   */
  public void add(boolean champion, boolean shadow, long times) {
    count += times;
    if (champion && !shadow) {
      onlyChampion += times;
    } else if (shadow && !champion) {
      onlyShadow += times;
    }
  }

  /** Labelled pairs. */
  public long count() {
    return count;
  }

  /** Pairs of which only the champion was right. */
  public long onlyChampion() {
    return onlyChampion;
  }

  /** Pairs of which only the shadow was right. */
  public long onlyShadow() {
    return onlyShadow;
  }

  /**
   * The two-sided p-value of both being right equally often. With b and c pairs of which only the
   * one, only the other was right: chi-squared of {@code (b - c)^2 / (b + c)} with one degree of
   * freedom, without continuity correction; below 25 of them the exact binomial test, {@code min(1,
   * 2 P(X >= max(b, c)))} with X of b + c throws of a coin. NaN without a pair.
   */
  public double pValue() {
    if (count <= 0) {
      return Double.NaN;
    }
    long discordant = onlyChampion + onlyShadow;
    if (discordant < ENOUGH) {
      long more = Math.max(onlyChampion, onlyShadow);
      return Math.min(1, 2 * BinomialExcess.pValue(more, discordant, 0.5));
    }
    double difference = Math.abs((double) onlyChampion - onlyShadow);
    return Erfc.value(difference / Math.sqrt(2.0 * discordant));
  }

  @Override
  public void merge(PairedHits other) {
    count += other.count;
    onlyChampion += other.onlyChampion;
    onlyShadow += other.onlyShadow;
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    VarLong.writeSigned(count, out);
    VarLong.writeSigned(onlyChampion, out);
    VarLong.writeSigned(onlyShadow, out);
  }

  public static PairedHits readFrom(DataInput in) throws IOException {
    PairedHits hits = new PairedHits();
    hits.count = VarLong.readSigned(in);
    hits.onlyChampion = VarLong.readSigned(in);
    hits.onlyShadow = VarLong.readSigned(in);
    return hits;
  }
}
