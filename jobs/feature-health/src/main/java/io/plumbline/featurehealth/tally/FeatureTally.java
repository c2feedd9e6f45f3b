package io.plumbline.featurehealth.tally;

import io.plumbline.events.Wire;
import io.plumbline.runtime.expectation.CheckedValue;
import io.plumbline.runtime.expectation.CountsByBounds;
import io.plumbline.runtime.expectation.FeatureCounts;
import io.plumbline.runtime.expectation.Outcome;
import io.plumbline.stats.Mergeable;
import io.plumbline.stats.moments.Moments;
import io.plumbline.stats.quantile.LogLinearHistogram;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.SortedSet;
import java.util.TreeSet;

/** What is known of one feature in one window of one series. */
public final class FeatureTally implements Mergeable<FeatureTally> {
  /** Two are one too many already; more are not named. */
  private static final int MOST_VERSIONS = 4;

  /** About what an empty one takes in memory, its place in a segment and its counts included. */
  static final int BYTES = 200;

  /** About what a version takes, beside its letters. */
  private static final int BYTES_OF_VERSION = 100;

  private final long bounds;

  /** Of the rows that were held to the bounds. */
  private final FeatureCounts counts = new FeatureCounts();

  /** Of those that were held to others; null: there are none. */
  private CountsByBounds others;

  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  /** Null: no number has come. */
  private Moments moments;

  /** Milliseconds from the value's time to its use; null: no time has come. */
  private LogLinearHistogram ages;

  /** Of the feature, as the values say; null: none has said. */
  private TreeSet<String> versions;

  /**
   * @param bounds of the expectation that values are held to
   */
  FeatureTally(long bounds) {
    this.bounds = bounds;
  }

  /**
   * Adds a row.
   *
   * @return by how many bytes of memory it has grown
   */
  int add(CheckedValue value) {
    counts.add(value.outcome(), 1);
    return value.outcome().isFiniteNumber() ? addNumber(value.number()) : 0;
  }

  private int addNumber(double number) {
    min = Math.min(min, number);
    max = Math.max(max, number);
    if (moments == null) {
      moments = Moments.ofDoubles();
      moments.add(number, 1);
      return moments.bytes();
    }
    return moments.add(number, 1);
  }

  /** Adds rows without the feature. */
  void addMissing(long rows) {
    counts.add(Outcome.MISSING, rows);
  }

  /**
   * Adds the time from a value to its use.
   *
   * @return by how many bytes of memory it has grown
   */
  int addAge(long millis) {
    int before = 0;
    if (ages == null) {
      ages = new LogLinearHistogram();
    } else {
      before = ages.bytes();
    }
    ages.add(millis, 1);
    return ages.bytes() - before;
  }

  /**
   * Adds a version that a value says it is of.
   *
   * @return by how many bytes of memory it has grown
   */
  int addVersion(String version) {
    if (versions == null) {
      versions = new TreeSet<>();
    }
    if (!versions.add(version)) {
      return 0;
    }
    // The least are kept, whatever the order in which they come.
    String dropped = versions.size() > MOST_VERSIONS ? versions.pollLast() : null;
    return dropped == null
        ? BYTES_OF_VERSION + version.length()
        : version.length() - dropped.length();
  }

  /** Of all rows, whichever bounds they were held to. */
  public CountsByBounds counts() {
    CountsByBounds all = new CountsByBounds();
    all.add(bounds, counts);
    if (others != null) {
      all.add(others);
    }
    return all;
  }

  /** How many there are. */
  public long rows() {
    return others == null ? counts.rows() : counts.rows() + others.all().rows();
  }

  /** Whether all rows were held to the same bounds. */
  public boolean isOfOneBounds() {
    return others == null;
  }

  /** Of the finite numbers; meaningless without one. */
  public double min() {
    return min;
  }

  public double max() {
    return max;
  }

  /** Of the finite numbers; null: there is none. */
  public Moments moments() {
    return moments;
  }

  /** Milliseconds; null: no time is known. */
  public LogLinearHistogram ages() {
    return ages;
  }

  /** The versions that values said they are of: at most four. */
  public SortedSet<String> versions() {
    return versions == null ? new TreeSet<>() : versions;
  }

  @Override
  public void merge(FeatureTally other) {
    add(other.bounds, other.counts);
    if (other.others != null) {
      other.others.forEach(this::add);
    }
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    if (other.moments != null) {
      if (moments == null) {
        moments = Moments.ofDoubles();
      }
      moments.merge(other.moments);
    }
    if (other.ages != null) {
      if (ages == null) {
        ages = new LogLinearHistogram();
      }
      ages.merge(other.ages);
    }
    other.versions().forEach(this::addVersion);
  }

  private void add(long by, FeatureCounts more) {
    if (by == bounds) {
      counts.add(more);
      return;
    }
    if (others == null) {
      others = new CountsByBounds();
    }
    others.add(by, more);
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    counts.writeTo(out);
    out.writeBoolean(others != null);
    if (others != null) {
      others.writeTo(out);
    }
    out.writeBoolean(moments != null);
    if (moments != null) {
      out.writeDouble(min);
      out.writeDouble(max);
      moments.writeTo(out);
    }
    out.writeBoolean(ages != null);
    if (ages != null) {
      ages.writeTo(out);
    }
    out.writeByte(versions == null ? 0 : versions.size());
    for (String version : versions()) {
      Wire.writeText(version, out);
    }
  }

  /**
   * @param bounds of the expectation that it was written beside
   */
  static FeatureTally readFrom(DataInput in, long bounds) throws IOException {
    FeatureTally tally = new FeatureTally(bounds);
    tally.counts.add(FeatureCounts.readFrom(in));
    if (in.readBoolean()) {
      tally.others = CountsByBounds.readFrom(in);
    }
    if (in.readBoolean()) {
      tally.min = in.readDouble();
      tally.max = in.readDouble();
      tally.moments = Moments.readFrom(in);
    }
    if (in.readBoolean()) {
      tally.ages = LogLinearHistogram.readFrom(in);
    }
    for (int left = in.readByte(); left > 0; left--) {
      tally.addVersion(Wire.readText(in));
    }
    return tally;
  }
}
