package io.plumbline.events;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The names of a prediction's features, in the order in which they came. Decoders give events with
 * the same names the same instance, so that readers may look a name up once and not for each event.
 */
public final class FeatureNames {
  public static final FeatureNames NONE = new FeatureNames(List.of());

  /** Of a text, its array and its place in the list, beside its letters. */
  private static final int BYTES_PER_NAME = 48;

  /** Of this and what it refers to, beside the names. */
  private static final int BYTES = 120;

  private final List<String> names;
  private final int bytes;
  private volatile byte[] encoded;

  /**
   * @param names each once
   */
  public FeatureNames(List<String> names) {
    this.names = List.copyOf(names);
    int sum = BYTES;
    for (String name : names) {
      sum += BYTES_PER_NAME + name.length();
    }
    bytes = sum;
  }

  /** About how many bytes of memory they take, for those who keep them. */
  public int bytes() {
    return bytes;
  }

  public int size() {
    return names.size();
  }

  public String get(int index) {
    return names.get(index);
  }

  public List<String> asList() {
    return names;
  }

  /** All names as bytes; {@link #decode} reads them. */
  byte[] encoded() {
    if (encoded == null) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (DataOutputStream out = new DataOutputStream(bytes)) {
        out.writeInt(names.size());
        for (String name : names) {
          Wire.writeText(name, out);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      encoded = bytes.toByteArray();
    }
    return encoded;
  }

  static FeatureNames decode(byte[] encoded) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded))) {
      String[] names = new String[in.readInt()];
      for (int i = 0; i < names.length; i++) {
        names[i] = Wire.readText(in);
      }
      FeatureNames decoded = new FeatureNames(List.of(names));
      decoded.encoded = encoded;
      return decoded;
    }
  }

  @Override
  public String toString() {
    return asList().toString();
  }
}
