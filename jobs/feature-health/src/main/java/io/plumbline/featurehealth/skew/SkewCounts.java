package io.plumbline.featurehealth.skew;

import io.plumbline.events.BinaryForm;
import io.plumbline.stats.moments.Moments;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What the pairs of one window of a feature have shown. Immutable. */
final class SkewCounts {
  static final SkewCounts NONE = new SkewCounts(0, 0, 0, Moments.ofDoubles(), Moments.ofDoubles());

  private final long pairs;
  private final long mismatches;
  private final long unmatched;
  private final Moments absolute;
  private final Moments relative;

  private SkewCounts(
      long pairs, long mismatches, long unmatched, Moments absolute, Moments relative) {
    this.pairs = pairs;
    this.mismatches = mismatches;
    this.unmatched = unmatched;
    this.absolute = absolute;
    this.relative = relative;
  }

  SkewCounts withPair(Twin one, Twin two) {
    Moments absoluteNow = absolute;
    Moments relativeNow = relative;
    if (one.differsFinitelyFrom(two)) {
      double difference = Math.abs(one.number() - two.number());
      double greater = Math.max(Math.abs(one.number()), Math.abs(two.number()));
      absoluteNow = with(absolute, difference);
      relativeNow = with(relative, greater == 0 ? 0 : difference / greater);
    }
    return new SkewCounts(
        pairs + 1, mismatches + (one.agreesWith(two) ? 0 : 1), unmatched, absoluteNow, relativeNow);
  }

  private static Moments with(Moments before, double value) {
    Moments more = Moments.ofDoubles();
    Moments one = Moments.ofDoubles();
    one.add(value, 1);
    more.merge(before);
    more.merge(one);
    return more;
  }

  SkewCounts withUnmatched() {
    return new SkewCounts(pairs, mismatches, unmatched + 1, absolute, relative);
  }

  long pairs() {
    return pairs;
  }

  /** Pairs that differ by more than the tolerance. */
  long mismatches() {
    return mismatches;
  }

  /** Values whose twin did not come in time. */
  long unmatched() {
    return unmatched;
  }

  /** Of the differences between finite numbers, without sign. */
  Moments absolute() {
    return absolute;
  }

  /** The same, as shares of the greater number. */
  Moments relative() {
    return relative;
  }

  /** Bytes for the state. */
  public static final class Form implements BinaryForm<SkewCounts> {
    private static final int VERSION = 1;

    @Override
    public void write(SkewCounts counts, DataOutput out) throws IOException {
      out.writeByte(VERSION);
      out.writeLong(counts.pairs);
      out.writeLong(counts.mismatches);
      out.writeLong(counts.unmatched);
      counts.absolute.writeTo(out);
      counts.relative.writeTo(out);
    }

    @Override
    public SkewCounts read(DataInput in) throws IOException {
      BinaryForm.requireVersion(VERSION, in);
      return new SkewCounts(
          in.readLong(), in.readLong(), in.readLong(), Moments.readFrom(in), Moments.readFrom(in));
    }
  }
}
