package io.plumbline.runtime.expectation;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The counts of a feature, apart for each of the bounds that its values were held to when they
 * came: control may change them in the middle of a window. Mutable; adding is free of order.
 */
public final class CountsByBounds {
  /** Bounds are changed by hand. */
  private static final int MOST = 8;

  /** Of counts that nobody asks for by their bounds any more. */
  private static final long NOT_KNOWN = 0;

  private final TreeMap<Long, FeatureCounts> counts = new TreeMap<>();

  /** Adds what was counted by an expectation of these bounds. */
  public void add(long bounds, FeatureCounts more) {
    long apart = counts.containsKey(bounds) || counts.size() < MOST ? bounds : NOT_KNOWN;
    counts.computeIfAbsent(apart, key -> new FeatureCounts()).add(more);
  }

  /** Adds what another has counted. */
  public void add(CountsByBounds other) {
    other.forEach(this::add);
  }

  /** Gives the counts of each bounds. */
  public void forEach(BiConsumer<Long, FeatureCounts> each) {
    counts.forEach(each);
  }

  /** Of all rows: for what does not depend on bounds. */
  public FeatureCounts all() {
    FeatureCounts all = new FeatureCounts();
    counts.values().forEach(all::add);
    return all;
  }

  /** Of the rows that were held to these bounds. */
  public FeatureCounts heldTo(long bounds) {
    return counts.getOrDefault(bounds, new FeatureCounts());
  }

  public void writeTo(DataOutput out) throws IOException {
    out.writeByte(counts.size());
    for (Map.Entry<Long, FeatureCounts> held : counts.entrySet()) {
      out.writeLong(held.getKey());
      held.getValue().writeTo(out);
    }
  }

  public static CountsByBounds readFrom(DataInput in) throws IOException {
    CountsByBounds read = new CountsByBounds();
    for (int left = in.readByte(); left > 0; left--) {
      read.counts.put(in.readLong(), FeatureCounts.readFrom(in));
    }
    return read;
  }
}
