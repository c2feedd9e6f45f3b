package io.plumbline.archive.compact;

import io.plumbline.archive.ArchiveTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.MurmurHash3;
import org.apache.flink.core.fs.FileStatus;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.schema.MessageType;

/**
 * Which rows of some files are the last state of their result: found from the columns of the
 * identity alone, and remembered as one bit a row.
 */
final class LastStates {
  /** Results whose last state is looked for at once: what bounds the memory of a large day. */
  private static final int MOST_AT_ONCE = 2_000_000;

  private LastStates() {}

  private record Place(long computedAt, int row) {}

  /** A result, by 128 bits of hash: two of a billion meet with a chance of 1e-21. */
  private record Result(long high, long low) {}

  /**
   * @param files in the order in which their rows are counted
   * @return the rows to keep; of two states of the same time the later row
   */
  static BitSet of(ArchiveTable table, List<FileStatus> files) throws IOException {
    long rows = 0;
    for (FileStatus file : files) {
      rows += TableFiles.rows(file);
    }
    if (rows > Integer.MAX_VALUE) {
      throw new IOException("more than two billion rows in " + files.get(0).getPath().getParent());
    }
    BitSet kept = new BitSet((int) rows);
    int passes = (int) Math.max(1, (rows + MOST_AT_ONCE - 1) / MOST_AT_ONCE);
    for (int pass = 0; pass < passes; pass++) {
      for (Place place : last(table, files, pass, passes).values()) {
        kept.set(place.row);
      }
    }
    return kept;
  }

  private static Map<Result, Place> last(
      ArchiveTable table, List<FileStatus> files, int pass, int passes) throws IOException {
    Map<Result, Place> last = new HashMap<>();
    int row = 0;
    for (FileStatus file : files) {
      List<String> columns = new ArrayList<>(table.identityFields());
      columns.add(table.timeField());
      MessageType identity = TableFiles.project(file, columns);
      try (ParquetReader<Group> reader = TableFiles.read(file, identity)) {
        for (Group group = reader.read(); group != null; group = reader.read()) {
          Result result = result(group, identity, table.identityFields());
          if (Long.remainderUnsigned(result.low, passes) == pass) {
            long time = group.getLong(table.timeField(), 0);
            Place place = new Place(time, row);
            last.merge(result, place, (a, b) -> b.computedAt >= a.computedAt ? b : a);
          }
          row++;
        }
      }
    }
    return last;
  }

  private static Result result(Group row, MessageType columns, List<String> fields) {
    StringBuilder identity = new StringBuilder();
    for (int i = 0; i < columns.getFieldCount(); i++) {
      if (fields.contains(columns.getFieldName(i))) {
        String value = row.getFieldRepetitionCount(i) == 0 ? "" : row.getValueToString(i, 0);
        // The length in front, so that no two identities run into the same text.
        identity.append(value.length()).append(':').append(value);
      }
    }
    long[] hash =
        MurmurHash3.hash128x64(
            identity.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return new Result(hash[0], hash[1]);
  }
}
