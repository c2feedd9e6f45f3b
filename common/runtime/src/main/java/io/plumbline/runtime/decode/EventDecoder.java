package io.plumbline.runtime.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.plumbline.runtime.ingest.Decoder;
import io.plumbline.runtime.ingest.Malformed;
import io.plumbline.runtime.ingest.Utf8;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads an event in one pass over the parser's tokens, without a tree in between. What is not ours
 * is skipped; a field of ours that is of the wrong type, missing or there twice is malformed.
 *
 * @param <T> the event
 */
abstract class EventDecoder<T> implements Decoder<T> {
  /** Longer names and ids are an attack or a mistake, and would be kept in state. */
  private static final int LONGEST_NAME = 1024;

  /** Of records that brought the parser new names: it keeps thousands, however long they are. */
  private static final long MOST_BYTES_WITH_NAMES = 2 << 20;

  private final List<String> fields;
  private final Map<String, String> pointers;
  private final long required;
  private final int maxDepth;
  private transient EventJsonFactory factory;
  private transient int names;
  private transient long bytesWithNames;
  private transient FieldTree tree;
  private transient long seen;

  /**
   * @param fields that an event has
   * @param required how many of the first of them must be there
   * @param pointers to those that a record holds elsewhere
   */
  EventDecoder(List<String> fields, int required, Map<String, String> pointers, int maxDepth) {
    this.fields = List.copyOf(fields);
    this.pointers = Map.copyOf(pointers);
    this.required = (1L << required) - 1;
    this.maxDepth = maxDepth;
  }

  /** Forgets the event before. */
  abstract void begin();

  /**
   * Reads one field.
   *
   * @param parser at the first token of its value, which is not null; left at its last
   * @param node with other fields of ours that lie inside this one, if any do
   */
  abstract void read(int field, JsonParser parser, FieldTree node) throws IOException, Malformed;

  /** Makes the event of the fields that were read. */
  abstract T end() throws Malformed;

  @Override
  public final T decode(byte[] json) throws Malformed {
    if (factory == null) {
      factory = EventJsonFactory.of(maxDepth);
      tree = tree == null ? FieldTree.of(fields, pointers) : tree;
    }
    Utf8.require(json);
    seen = 0;
    begin();
    try (JsonParser parser = factory.createParser(json)) {
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_OBJECT) {
        throw new Malformed("expected an object, found " + Found.at(parser));
      }
      value(parser, first, tree);
      if (parser.nextToken() != null) {
        throw new Malformed("expected nothing after the object, found " + Found.at(parser));
      }
    } catch (JsonProcessingException e) {
      throw new Malformed("not JSON: " + Malformed.firstLine(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new Malformed("not JSON: " + Malformed.firstLine(e.getMessage()));
    } finally {
      boundNames(json.length);
    }
    long missing = required & ~seen;
    if (missing != 0) {
      int field = Long.numberOfTrailingZeros(missing);
      throw new Malformed("expected a value, found none at " + place(field));
    }
    return end();
  }

  private void boundNames(int bytes) {
    int now = factory.names();
    if (now == names) {
      return;
    }
    names = now;
    bytesWithNames += bytes;
    if (bytesWithNames > MOST_BYTES_WITH_NAMES) {
      factory = null;
      names = 0;
      bytesWithNames = 0;
    }
  }

  private String place(int field) {
    return pointers.getOrDefault(fields.get(field), "/" + fields.get(field));
  }

  private void object(JsonParser parser, FieldTree node) throws IOException, Malformed {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      FieldTree child = node.child(name);
      if (child == null) {
        parser.nextToken();
        parser.skipChildren();
      } else {
        value(parser, parser.nextToken(), child);
      }
    }
  }

  /** Reads what is ours in a value: all of it, or something inside. */
  final void value(JsonParser parser, JsonToken value, FieldTree node)
      throws IOException, Malformed {
    int field = node.field();
    if (field == FieldTree.NO_FIELD) {
      if (value == JsonToken.START_OBJECT) {
        object(parser, node);
      } else if (value == JsonToken.START_ARRAY) {
        array(parser, node);
      }
      return;
    }
    if ((seen & 1L << field) != 0) {
      throw new Malformed("the field stands twice at " + Found.place(parser));
    }
    if (value == JsonToken.VALUE_NULL) {
      if (isNullable(field)) {
        seen |= 1L << field;
      }
      return;
    }
    seen |= 1L << field;
    read(field, parser, node);
  }

  /** Whether a null is a value of this field, and not its absence. */
  boolean isNullable(int field) {
    return false;
  }

  private void array(JsonParser parser, FieldTree node) throws IOException, Malformed {
    int index = 0;
    for (JsonToken value = parser.nextToken();
        value != JsonToken.END_ARRAY;
        value = parser.nextToken(), index++) {
      FieldTree child = node.child(Integer.toString(index));
      if (child == null) {
        parser.skipChildren();
      } else {
        value(parser, value, child);
      }
    }
  }

  /** What to do with one entry of an object. */
  @FunctionalInterface
  interface Entry {
    /**
     * @param parser at the entry's value
     */
    void read(String name, JsonParser parser) throws IOException, Malformed;
  }

  /**
   * Reads an object whose names are data.
   *
   * @param node with fields of ours among them: those are no entries
   * @param most entries that are read before the record is refused
   * @param what they are, in the plural
   */
  final void entries(JsonParser parser, FieldTree node, int most, String what, Entry entry)
      throws IOException, Malformed {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new Malformed("expected an object, " + Found.there(parser));
    }
    boolean alone = node.isLeaf();
    int left = most;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      FieldTree ours = alone ? null : node.child(name);
      if (ours == null) {
        if (--left < 0) {
          throw new Malformed(
              "expected at most %s %s, found more%s".formatted(most, what, Found.within(parser)));
        }
        entry.read(name, parser);
      } else {
        value(parser, value, ours);
      }
    }
  }

  /** An id or name: text, or a whole number, which many use as an id. */
  static String name(JsonParser parser) throws IOException, Malformed {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NUMBER_INT) {
      throw new Malformed("expected text, " + Found.there(parser));
    }
    String text = parser.getText();
    if (text.isEmpty()) {
      throw new Malformed("expected text that is not empty at " + Found.place(parser));
    }
    return bounded(text, parser);
  }

  static String bounded(String text, JsonParser parser) throws Malformed {
    if (text.length() > LONGEST_NAME) {
      throw new Malformed(
          "expected at most %s characters, found %s at %s"
              .formatted(LONGEST_NAME, text.length(), Found.place(parser)));
    }
    return text;
  }

  /** Finite or not: a model that says NaN is to be found out, not refused. */
  static double number(JsonParser parser) throws IOException, Malformed {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
      throw new Malformed("expected a number, " + Found.there(parser));
    }
    return parser.getDoubleValue();
  }

  /** Text, number or boolean as text; whole numbers without a fraction: 1.0 is 1. */
  static String scalar(JsonParser parser) throws IOException, Malformed {
    return switch (parser.currentToken()) {
      case VALUE_STRING, VALUE_NUMBER_INT -> bounded(parser.getText(), parser);
      case VALUE_TRUE -> "true";
      case VALUE_FALSE -> "false";
      case VALUE_NUMBER_FLOAT -> {
        double number = parser.getDoubleValue();
        yield number == Math.rint(number) && Math.abs(number) < 1e15
            ? Long.toString((long) number)
            : Double.toString(number);
      }
      default -> throw new Malformed("expected text, number or boolean, " + Found.there(parser));
    };
  }

  /** One of the constants of an enum, in lower case. */
  static <E extends Enum<E>> E constant(JsonParser parser, E[] constants)
      throws IOException, Malformed {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      String text = parser.getText();
      for (E constant : constants) {
        if (constant.name().equalsIgnoreCase(text)) {
          return constant;
        }
      }
    }
    StringBuilder names = new StringBuilder();
    for (E constant : constants) {
      names.append(names.isEmpty() ? "" : ", ").append(constant.name().toLowerCase(Locale.ROOT));
    }
    throw new Malformed("expected one of %s, %s".formatted(names, Found.there(parser)));
  }
}
