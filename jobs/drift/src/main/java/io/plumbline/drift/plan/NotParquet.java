package io.plumbline.drift.plan;

import io.plumbline.parquet.DamagedFile;
import io.plumbline.parquet.FlinkInputFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.SeekableInputStream;

/** Why a file could not be read as Parquet, in words for who gave it. */
final class NotParquet {
  private static final int LOOKED_AT = 512;
  private static final String MAGIC = "PAR1";

  /** After the footer: its length in four bytes, and the magic. */
  private static final int LENGTH_AND_MAGIC = 8;

  private static final String WANTED =
      "; expected Parquet, as pandas writes it with to_parquet, or DuckDB with COPY (FROM 'this file') TO 'x.parquet'";

  private static final Map<String, String> BY_START = new LinkedHashMap<>();

  static {
    BY_START.put("PARE", "Parquet whose footer is encrypted");
    BY_START.put("ORC", "ORC");
    BY_START.put("Obj\u0001", "Avro");
    BY_START.put("ARROW1", "Arrow (Feather)");
    BY_START.put("SQLite format 3", "an SQLite database");
    BY_START.put("\u0089HDF", "HDF5");
    BY_START.put("\u001f\u008b", "compressed with gzip as a whole");
    BY_START.put("(\u00b5/\u00fd", "compressed with zstd as a whole");
    BY_START.put("PK\u0003\u0004", "a zip archive");
  }

  private NotParquet() {}

  /**
   * Says what the file is, as far as its bytes tell.
   *
   * @param length in bytes
   * @param failure of reading its footer
   */
  static String why(Path file, long length, IOException failure) {
    try {
      String start = start(file);
      if (start.isEmpty()) {
        return "an empty file: its writer has not written it yet, or failed";
      }
      if (!start.startsWith(MAGIC)) {
        return foreign(start);
      }
      if (hasNoColumns(file, length)) {
        return "a Parquet file without columns: there is nothing to compare";
      }
    } catch (IOException e) {
      return "it cannot be read: " + e.getMessage();
    }
    return "not a whole Parquet file, it was cut or damaged: " + failure.getMessage();
  }

  private static String start(Path file) throws IOException {
    try (InputStream in = file.getFileSystem().open(file)) {
      return new String(in.readNBytes(LOOKED_AT), StandardCharsets.ISO_8859_1);
    }
  }

  private static String foreign(String start) {
    for (Map.Entry<String, String> known : BY_START.entrySet()) {
      if (start.startsWith(known.getKey())) {
        return "not a Parquet file but " + known.getValue() + WANTED;
      }
    }
    if (start.chars().allMatch(NotParquet::isText)) {
      String text = start.strip();
      boolean json = text.startsWith("{") || text.startsWith("[");
      return "not a Parquet file but text, as " + (json ? "JSON is" : "CSV is") + WANTED;
    }
    return "not a Parquet file: it does not begin with " + MAGIC + WANTED;
  }

  /** Letters of any language are bytes from 0x80 on. */
  private static boolean isText(int c) {
    return (c >= ' ' && c != 0x7F) || c == '\n' || c == '\r' || c == '\t';
  }

  /** Of such a file parquet-java fails to find the first column of a row group. */
  private static boolean hasNoColumns(Path file, long length) throws IOException {
    try (SeekableInputStream in = new FlinkInputFile(file, length).newStream()) {
      byte[] end = new byte[LENGTH_AND_MAGIC];
      long endsAt = length - end.length;
      if (endsAt < MAGIC.length()) {
        return false;
      }
      in.seek(endsAt);
      in.readFully(end);
      int size = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN).getInt();
      if (size < 0 || size > endsAt - MAGIC.length()) {
        return false;
      }
      byte[] footer = new byte[size];
      in.seek(endsAt - size);
      in.readFully(footer);
      return DamagedFile.unlessWhole(
          // The root of the schema is alone.
          () -> Util.readFileMetaData(new ByteArrayInputStream(footer), true).getSchemaSize() == 1);
    }
  }
}
