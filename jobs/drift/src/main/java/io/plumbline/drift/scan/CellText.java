package io.plumbline.drift.scan;

import io.plumbline.stats.numeric.WideNumbers;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;

/** The last cell as text: strings as they are, integers in decimal digits, true and false. */
class CellText extends CellConverter {
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.UTF_8);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.UTF_8);

  private byte[][] dictionary = {};
  private byte[] utf8 = {};

  final byte[] utf8() {
    return utf8;
  }

  /** The entries of the dictionary that was set last. */
  final byte[][] dictionary() {
    return dictionary;
  }

  @Override
  public void setDictionary(Dictionary values) {
    dictionary = new byte[values.getMaxId() + 1][];
    if (wide()) {
      for (int id = 0; id < dictionary.length; id++) {
        dictionary[id] = WideNumbers.text(wide(values, id));
      }
    } else if (integral()) {
      long[] entries = longs(values);
      for (int id = 0; id < entries.length; id++) {
        dictionary[id] = digits(entries[id]);
      }
    } else {
      for (int id = 0; id < dictionary.length; id++) {
        dictionary[id] = bytes(values.decodeToBinary(id));
      }
    }
  }

  @Override
  public void addValueFromDictionary(int id) {
    utf8 = dictionary[id];
  }

  @Override
  void onBytes(Binary value) {
    utf8 = bytes(value);
  }

  @Override
  void onLong(long value) {
    utf8 = digits(value);
  }

  private static byte[] digits(long value) {
    return Long.toString(value).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  void onWide(BigInteger value) {
    utf8 = WideNumbers.text(value);
  }

  @Override
  void onBoolean(boolean value) {
    utf8 = value ? TRUE : FALSE;
  }

  @Override
  void onDouble(double value) {
    throw new IllegalStateException("floating-point cells have no text: the plan admits none");
  }
}
