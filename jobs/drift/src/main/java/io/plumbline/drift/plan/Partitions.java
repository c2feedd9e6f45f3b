package io.plumbline.drift.plan;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The columns that the names of folders give to all rows of a file, as Hive, Spark and pyarrow
 * write them: {@code country=DE/dt=2026-11-24/part-0.parquet}.
 */
final class Partitions {
  /** A folder's name for null. */
  private static final String NULL = "__HIVE_DEFAULT_PARTITION__";

  private static final char SIGN = '=';
  private static final int HEXADECIMAL = 16;

  private Partitions() {}

  /**
   * The values by column; a null is there. Of folders of one column in each other the inner counts.
   *
   * @param relativeName of a file, below the input
   */
  static Map<String, String> of(String relativeName) {
    Map<String, String> values = new LinkedHashMap<>();
    int from = 0;
    for (int end = relativeName.indexOf('/'); end >= 0; end = relativeName.indexOf('/', from)) {
      String folder = relativeName.substring(from, end);
      int sign = folder.indexOf(SIGN);
      if (sign > 0) {
        String value = folder.substring(sign + 1);
        values.put(decoded(folder.substring(0, sign)), value.equals(NULL) ? null : decoded(value));
      }
      from = end + 1;
    }
    return values;
  }

  /** The text of which this is the percent-encoding, or itself if it is none. */
  private static String decoded(String name) {
    if (name.indexOf('%') < 0) {
      return name;
    }
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int code = bytes[i] == '%' && i + 2 < bytes.length ? code(bytes[i + 1], bytes[i + 2]) : -1;
      decoded.write(code < 0 ? bytes[i] : code);
      i += code < 0 ? 0 : 2;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(decoded.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      // Who wrote it has not encoded it: it stands for itself.
      return name;
    }
  }

  private static int code(byte high, byte low) {
    int first = Character.digit(high, HEXADECIMAL);
    int second = Character.digit(low, HEXADECIMAL);
    return first < 0 || second < 0 ? -1 : HEXADECIMAL * first + second;
  }
}
