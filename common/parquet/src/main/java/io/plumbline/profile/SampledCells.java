package io.plumbline.profile;

import io.plumbline.stats.Mergeable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The cells that the rows of a sample have of one feature. Which rows are kept depends on their
 * hash and place alone, so that the samples of all features are of the same rows.
 */
public final class SampledCells implements Mergeable<SampledCells> {
  /** Rows of a profile's sample, at most. */
  public static final int ROWS = 500;

  private static final Comparator<SampledRow> ORDER =
      (one, two) -> SampledRow.compare(one.hash(), one.place(), two.hash(), two.place());

  private static final byte MISSING = 0;
  private static final byte NUMBER = 1;
  private static final byte TEXT = 2;

  private final List<SampledRow> rows = new ArrayList<>();

  /** The sample that a profile's row has; it is empty if it has none. */
  public static SampledCells of(ProfileRow row) throws IOException {
    SampledCells cells = new SampledCells();
    for (SampledRow sampled : row.sample() == null ? List.<SampledRow>of() : row.sample()) {
      if (sampled.place() == null) {
        throw new IOException("the sample of %s has no places".formatted(row.feature()));
      }
      cells.add(sampled);
    }
    return cells;
  }

  public void addMissing(long hash, long place) {
    add(new SampledRow(hash, place, null, null));
  }

  public void add(long hash, long place, double value) {
    add(new SampledRow(hash, place, new double[] {value}, null));
  }

  public void add(long hash, long place, byte[] utf8) {
    add(new SampledRow(hash, place, null, new String(utf8, StandardCharsets.UTF_8)));
  }

  private void add(SampledRow row) {
    rows.add(row);
    if (rows.size() == 2 * ROWS) {
      keepLowest();
    }
  }

  private void keepLowest() {
    rows.sort(ORDER);
    if (rows.size() > ROWS) {
      rows.subList(ROWS, rows.size()).clear();
    }
  }

  /** The rows kept, by hash and place as unsigned numbers. */
  public List<SampledRow> rows() {
    keepLowest();
    return List.copyOf(rows);
  }

  @Override
  public void merge(SampledCells other) {
    other.rows.forEach(this::add);
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    keepLowest();
    out.writeInt(rows.size());
    for (SampledRow row : rows) {
      out.writeLong(row.hash());
      out.writeLong(row.place());
      if (row.values() != null) {
        out.writeByte(NUMBER);
        out.writeDouble(row.values()[0]);
      } else if (row.text() != null) {
        byte[] utf8 = row.text().getBytes(StandardCharsets.UTF_8);
        out.writeByte(TEXT);
        out.writeInt(utf8.length);
        out.write(utf8);
      } else {
        out.writeByte(MISSING);
      }
    }
  }

  public static SampledCells readFrom(DataInput in) throws IOException {
    SampledCells cells = new SampledCells();
    for (int left = in.readInt(); left > 0; left--) {
      long hash = in.readLong();
      long place = in.readLong();
      byte kind = in.readByte();
      switch (kind) {
        case MISSING -> cells.addMissing(hash, place);
        case NUMBER -> cells.add(hash, place, in.readDouble());
        case TEXT -> {
          byte[] utf8 = new byte[in.readInt()];
          in.readFully(utf8);
          cells.add(hash, place, utf8);
        }
        default -> throw new IOException("no kind of cell: " + kind);
      }
    }
    return cells;
  }
}
