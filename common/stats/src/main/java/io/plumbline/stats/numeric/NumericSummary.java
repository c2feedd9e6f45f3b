package io.plumbline.stats.numeric;

import io.plumbline.stats.Mergeable;
import io.plumbline.stats.moments.Moments;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;

/**
 * The summary of a numeric column: rows, what is missing among them (nulls, NaN, infinities), exact
 * moments and the distribution of the finite values.
 */
public final class NumericSummary implements Mergeable<NumericSummary> {
  private final NumericDomain domain;
  private final Moments moments;
  private final ValueCounts values;
  private long nulls;
  private long nans;
  private long infinities;
  private boolean hiddenRepeats;

  /** The keys of the cells that are being added. */
  private long[] batch = {};

  /**
   * @param limit the number of distinct values up to which the distribution is exact
   */
  public NumericSummary(NumericDomain domain, int limit) {
    this(domain, moments(domain), new BoundedCounts(limit));
  }

  /**
   * A summary that is exact however many values there are. It is not written; whoever is done with
   * it {@link #release}s it.
   *
   * @param memory in which values are sorted; the summary is used by the memory's thread alone
   */
  public static NumericSummary exact(NumericDomain domain, ValueMemory memory) {
    return new NumericSummary(domain, moments(domain), new ExactCounts(memory));
  }

  private NumericSummary(NumericDomain domain, Moments moments, ValueCounts values) {
    this.domain = domain;
    this.moments = moments;
    this.values = values;
  }

  /**
   * A summary from its parts, as it was kept elsewhere.
   *
   * @param moments of the finite values; the summary's own from now on
   * @param cells of the finite values, as many as the moments have
   * @param limit the number of distinct values up to which the distribution stays exact
   */
  public static NumericSummary of(
      NumericDomain domain,
      long nulls,
      long nans,
      long infinities,
      Moments moments,
      Cells cells,
      int limit) {
    NumericSummary summary = new NumericSummary(domain, moments, new BoundedCounts(limit, cells));
    summary.nulls = nulls;
    summary.nans = nans;
    summary.infinities = infinities;
    if (summary.distribution().count() != moments.count()) {
      throw new IllegalArgumentException(
          "%s values in cells, %s in moments"
              .formatted(summary.distribution().count(), moments.count()));
    }
    return summary;
  }

  private static Moments moments(NumericDomain domain) {
    if (domain instanceof DecimalDomain decimals) {
      return Moments.ofIntegers(decimals.scale());
    }
    return domain instanceof RankedDomain ranked && ranked.hasNarrowSums()
        ? Moments.ofIntegers(ranked.scale())
        : Moments.ofDoubles();
  }

  /**
   * A summary in memory that does not grow with the values: their distribution is known in cells,
   * narrow where the values lie narrowly. It is neither merged nor written.
   *
   * @param limit the number of distinct values up to which the distribution is exact; beyond it,
   *     there are about a quarter as many cells
   */
  public static NumericSummary approximate(NumericDomain domain, int limit) {
    return new NumericSummary(
        domain, moments(domain), new HistogramCounts(domain instanceof DoubleDomain, limit));
  }

  public void addNulls(long rows) {
    nulls += rows;
  }

  /** Adds a cell of a floating-point column; NaN and infinities are counted apart. */
  public void addDouble(double value) {
    if (Math.abs(value) <= Double.MAX_VALUE) {
      moments.add(value, 1);
      values.add(DoubleDomain.key(value));
    } else {
      addNotFinite(value, 1);
    }
  }

  /** Adds a cell of a floating-point column that stands {@code times} times. */
  public void addDouble(double value, long times) {
    if (Math.abs(value) <= Double.MAX_VALUE) {
      moments.add(value, times);
      values.add(DoubleDomain.key(value), times);
    } else {
      addNotFinite(value, times);
    }
  }

  private void addNotFinite(double value, long times) {
    if (Double.isNaN(value)) {
      nans += times;
    } else {
      infinities += times;
    }
  }

  /**
   * Adds cells of a floating-point column.
   *
   * @param cells of which those from {@code from} to {@code to}, without, are added
   */
  public void addDoubles(double[] cells, int from, int to) {
    long[] keys = keys(to - from);
    int finite = 0;
    for (int i = from; i < to; i++) {
      double value = cells[i];
      if (Math.abs(value) <= Double.MAX_VALUE) {
        keys[finite++] = DoubleDomain.key(value);
      }
    }
    if (finite == to - from) {
      moments.addAll(cells, from, to);
    } else {
      for (int i = from; i < to; i++) {
        if (Math.abs(cells[i]) <= Double.MAX_VALUE) {
          moments.add(cells[i], 1);
        } else {
          addNotFinite(cells[i], 1);
        }
      }
    }
    values.addAll(keys, 0, finite);
  }

  /**
   * Adds cells of an integer column, or unscaled values of a decimal.
   *
   * @param cells of which those from {@code from} to {@code to}, without, are added
   */
  public void addLongs(long[] cells, int from, int to) {
    moments.addAll(cells, from, to);
    values.addAll(cells, from, to);
  }

  private long[] keys(int size) {
    if (batch.length < size) {
      batch = new long[size];
    }
    return batch;
  }

  /** Adds a cell of an integer column, or the unscaled value of a decimal. */
  public void addLong(long value) {
    moments.add(value, 1);
    values.add(value);
  }

  /** Adds a cell of an integer or decimal column that stands {@code times} times. */
  public void addLong(long value, long times) {
    moments.add(value, times);
    values.add(value, times);
  }

  /** Adds a number that has a rank instead of a key, {@code times} times. */
  void addRanked(long rank, BigInteger unscaled, long times) {
    if (domain instanceof RankedDomain ranked && ranked.hasNarrowSums()) {
      moments.add(unscaled, times);
    } else {
      moments.add(domain.toDouble(rank), times);
    }
    values.add(rank, times);
  }

  public long rows() {
    return nulls + nans + infinities + moments.count();
  }

  public long nulls() {
    return nulls;
  }

  public long nans() {
    return nans;
  }

  public long infinities() {
    return infinities;
  }

  /** Finite cells. */
  public long usable() {
    return moments.count();
  }

  public Moments moments() {
    return moments;
  }

  /** Notes that a value stands more than once, though its cells may not show it. */
  public void hideRepeats() {
    hiddenRepeats = true;
  }

  /** Whether it was noted that a value stands more than once. */
  public boolean hiddenRepeats() {
    return hiddenRepeats;
  }

  /** Whether a value is known to stand more than once. */
  public boolean repeats() {
    return hiddenRepeats || distribution().repeats();
  }

  /** Values held as they came; who sends summaries on keeps them below a size by it. */
  public int buffered() {
    return values.buffered();
  }

  /** The distribution of the finite values so far. */
  public Distribution distribution() {
    return new Distribution(domain, values.blocks());
  }

  /** Makes ready for so many values. */
  public void expect(long rows) {
    values.expect(rows);
  }

  /** Gives back memory and files; nothing may be asked of it any more. */
  public void release() {
    values.release();
  }

  @Override
  public void merge(NumericSummary other) {
    if (!domain.equals(other.domain)) {
      throw new IllegalArgumentException(
          "cannot merge a summary of %s with one of %s".formatted(domain, other.domain));
    }
    nulls += other.nulls;
    nans += other.nans;
    infinities += other.infinities;
    hiddenRepeats |= other.hiddenRepeats;
    moments.merge(other.moments);
    values.merge(other.values);
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    domain.writeTo(out);
    out.writeLong(nulls);
    out.writeLong(nans);
    out.writeLong(infinities);
    out.writeBoolean(hiddenRepeats);
    moments.writeTo(out);
    values.writeTo(out);
  }

  /**
   * @param limit the number of distinct values up to which the distribution stays exact
   */
  public static NumericSummary readFrom(DataInput in, int limit) throws IOException {
    NumericDomain domain = NumericDomain.readFrom(in);
    long nulls = in.readLong();
    long nans = in.readLong();
    long infinities = in.readLong();
    boolean hiddenRepeats = in.readBoolean();
    BoundedCounts values = new BoundedCounts(limit);
    NumericSummary summary = new NumericSummary(domain, Moments.readFrom(in), values);
    summary.nulls = nulls;
    summary.nans = nans;
    summary.infinities = infinities;
    summary.hiddenRepeats = hiddenRepeats;
    values.readFrom(in);
    return summary;
  }
}
