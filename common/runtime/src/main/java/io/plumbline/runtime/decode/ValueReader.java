package io.plumbline.runtime.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.plumbline.events.Value;
import io.plumbline.events.ValueKind;
import java.io.IOException;
import java.util.Arrays;

/** Reads one value of a feature, whatever it is, into fields that the next one replaces. */
final class ValueReader {
  private static final double[] EMPTY = {};

  /** Elements of a list that are kept room for; a longer one is read into an array of its own. */
  private static final int MOST_KEPT = 1 << 14;

  ValueKind kind;
  long bits;
  Object object;

  private double[] elements = {};

  /**
   * @param parser at the value's first token; left at its last
   */
  void read(JsonParser parser) throws IOException {
    bits = 0;
    object = null;
    switch (parser.currentToken()) {
      case VALUE_NUMBER_FLOAT -> number(parser.getDoubleValue());
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_STRING -> {
        kind = ValueKind.TEXT;
        object = parser.getText();
      }
      case VALUE_TRUE -> {
        kind = ValueKind.BOOLEAN;
        bits = 1;
      }
      case VALUE_FALSE -> kind = ValueKind.BOOLEAN;
      case VALUE_NULL -> kind = ValueKind.NULL;
      case START_ARRAY -> list(parser);
      default -> {
        kind = ValueKind.OTHER;
        parser.skipChildren();
      }
    }
  }

  Value value() {
    return Value.of(kind, bits, object);
  }

  private void number(double value) {
    kind = ValueKind.NUMBER;
    bits = Double.doubleToRawLongBits(value);
  }

  private void integer(JsonParser parser) throws IOException {
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      number(parser.getDoubleValue());
    } else {
      kind = ValueKind.INTEGER;
      bits = parser.getLongValue();
    }
  }

  /** A list with anything but numbers is read to its end all the same. */
  private void list(JsonParser parser) throws IOException {
    int size = 0;
    boolean numbers = true;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      double element = Double.NaN;
      if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
        element = parser.getDoubleValue();
      } else if (token != JsonToken.VALUE_NULL) {
        numbers = false;
        parser.skipChildren();
      }
      if (size == elements.length) {
        elements = Arrays.copyOf(elements, Math.max(64, size * 2));
      }
      elements[size++] = element;
    }
    kind = numbers ? ValueKind.VECTOR : ValueKind.OTHER;
    object = !numbers ? null : size == 0 ? EMPTY : Arrays.copyOf(elements, size);
    if (elements.length > MOST_KEPT) {
      elements = EMPTY;
    }
  }
}
