package io.plumbline.stats.sample;

import io.plumbline.stats.Mergeable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The rows with the lowest hashes, at most so many: a sample that is the same in whatever order and
 * parts the rows are seen. Rows are vectors of one length.
 */
public final class RowSample implements Mergeable<RowSample> {
  private final int most;
  private Row[] rows = new Row[16];
  private int size;

  @SuppressWarnings("ArrayRecordComponent") // ordered by content, see below
  private record Row(long hash, double[] values) implements Comparable<Row> {
    @Override
    public int compareTo(Row other) {
      int byHash = Long.compareUnsigned(hash, other.hash);
      // Equal ids hash alike; the values then decide, so that the choice is still no accident.
      return byHash != 0 ? byHash : Arrays.compare(values, other.values);
    }
  }

  /**
   * @param most rows that are kept; 0: none, for who needs no sample
   */
  public RowSample(int most) {
    this.most = most;
  }

  /** Whether a row with this hash would be kept: asked before its values are gathered. */
  public boolean wants(long hash) {
    return size < most || (size > 0 && Long.compareUnsigned(hash, rows[0].hash) <= 0);
  }

  /** Offers a row, whose array the sample then owns. */
  public void add(long hash, double[] values) {
    if (!wants(hash)) {
      return;
    }
    Row row = new Row(hash, values);
    if (size == most) {
      if (row.compareTo(rows[0]) >= 0) {
        return;
      }
      rows[0] = row;
      siftDown();
      return;
    }
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, 2 * size);
    }
    int child = size++;
    while (child > 0 && row.compareTo(rows[(child - 1) / 2]) > 0) {
      rows[child] = rows[(child - 1) / 2];
      child = (child - 1) / 2;
    }
    rows[child] = row;
  }

  /** Restores the heap, greatest first, after its head was replaced. */
  private void siftDown() {
    Row row = rows[0];
    int parent = 0;
    while (2 * parent + 1 < size) {
      int child = 2 * parent + 1;
      if (child + 1 < size && rows[child + 1].compareTo(rows[child]) > 0) {
        child++;
      }
      if (row.compareTo(rows[child]) >= 0) {
        break;
      }
      rows[parent] = rows[child];
      parent = child;
    }
    rows[parent] = row;
  }

  /** The hashes of the rows kept, ascending as unsigned numbers: those of {@link #rows}. */
  public long[] hashes() {
    return Arrays.stream(sorted()).mapToLong(Row::hash).toArray();
  }

  private Row[] sorted() {
    Row[] sorted = Arrays.copyOf(rows, size);
    Arrays.sort(sorted);
    return sorted;
  }

  /** The rows kept, in the order of their hashes. */
  public double[][] rows() {
    Row[] sorted = sorted();
    double[][] values = new double[size][];
    for (int i = 0; i < size; i++) {
      values[i] = sorted[i].values;
    }
    return values;
  }

  @Override
  public void merge(RowSample other) {
    for (int i = 0; i < other.size; i++) {
      add(other.rows[i].hash, other.rows[i].values);
    }
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    out.writeInt(most);
    out.writeInt(size);
    for (int i = 0; i < size; i++) {
      out.writeLong(rows[i].hash);
      out.writeInt(rows[i].values.length);
      for (double value : rows[i].values) {
        out.writeDouble(value);
      }
    }
  }

  public static RowSample readFrom(DataInput in) throws IOException {
    RowSample sample = new RowSample(in.readInt());
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      long hash = in.readLong();
      double[] values = new double[in.readInt()];
      for (int k = 0; k < values.length; k++) {
        values[k] = in.readDouble();
      }
      sample.add(hash, values);
    }
    return sample;
  }
}
