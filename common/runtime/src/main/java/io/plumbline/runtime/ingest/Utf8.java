package io.plumbline.runtime.ingest;

/** The encoding of all topics. */
public final class Utf8 {
  private Utf8() {}

  /**
   * Refuses the other encodings of JSON, which a parser may take, but no other reader of the topics
   * does.
   */
  public static void require(byte[] json) throws Malformed {
    for (int i = 0; i < Math.min(4, json.length); i++) {
      int b = json[i] & 0xFF;
      if (b == 0 || b >= 0xFE) {
        throw new Malformed("expected UTF-8, found byte 0x%02X at the start".formatted(b));
      }
    }
  }
}
