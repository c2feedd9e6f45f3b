package io.plumbline.runtime.expectation;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How many rows of a feature were what: all by which it is judged. Mutable; adding is free of
 * order.
 */
public final class FeatureCounts {
  private long rows;
  private long missing;
  private long wrongType;
  private long nans;
  private long infinities;
  private long below;
  private long above;

  /** Finite numbers, those out of range too. */
  private long numbers;

  /** Values of the right type that are categories, new ones too. */
  private long categories;

  private long newCategories;

  /** Adds rows that have the same outcome. */
  public void add(Outcome outcome, long more) {
    rows += more;
    switch (outcome) {
      case MISSING -> missing += more;
      case WRONG_TYPE -> wrongType += more;
      case NAN -> nans += more;
      case INFINITE -> infinities += more;
      case NUMBER -> numbers += more;
      case BELOW -> {
        numbers += more;
        below += more;
      }
      case ABOVE -> {
        numbers += more;
        above += more;
      }
      case CATEGORY -> categories += more;
      case NEW_CATEGORY -> {
        categories += more;
        newCategories += more;
      }
      case VECTOR -> {
        // A row, and nothing else.
      }
    }
  }

  /** Adds what another has counted. */
  public void add(FeatureCounts other) {
    rows += other.rows;
    missing += other.missing;
    wrongType += other.wrongType;
    nans += other.nans;
    infinities += other.infinities;
    below += other.below;
    above += other.above;
    numbers += other.numbers;
    categories += other.categories;
    newCategories += other.newCategories;
  }

  /** All in which the feature was read or ought to have been. */
  public long rows() {
    return rows;
  }

  /** Rows in which it is null or absent. */
  public long missing() {
    return missing;
  }

  public long wrongType() {
    return wrongType;
  }

  public long nans() {
    return nans;
  }

  public long infinities() {
    return infinities;
  }

  public long outOfRange() {
    return below + above;
  }

  public long below() {
    return below;
  }

  public long above() {
    return above;
  }

  public long numbers() {
    return numbers;
  }

  public long categories() {
    return categories;
  }

  public long newCategories() {
    return newCategories;
  }

  public void writeTo(DataOutput out) throws IOException {
    // A window has few kinds of trouble: a bit for each that is there.
    long[] counts = {
      rows, missing, wrongType, nans, infinities, below, above, numbers, categories, newCategories
    };
    int present = 0;
    for (int i = 0; i < counts.length; i++) {
      present |= counts[i] == 0 ? 0 : 1 << i;
    }
    out.writeShort(present);
    for (long count : counts) {
      if (count != 0) {
        out.writeLong(count);
      }
    }
  }

  public static FeatureCounts readFrom(DataInput in) throws IOException {
    int present = in.readUnsignedShort();
    FeatureCounts counts = new FeatureCounts();
    counts.rows = read(in, present, 0);
    counts.missing = read(in, present, 1);
    counts.wrongType = read(in, present, 2);
    counts.nans = read(in, present, 3);
    counts.infinities = read(in, present, 4);
    counts.below = read(in, present, 5);
    counts.above = read(in, present, 6);
    counts.numbers = read(in, present, 7);
    counts.categories = read(in, present, 8);
    counts.newCategories = read(in, present, 9);
    return counts;
  }

  private static long read(DataInput in, int present, int bit) throws IOException {
    return (present & (1 << bit)) == 0 ? 0 : in.readLong();
  }
}
