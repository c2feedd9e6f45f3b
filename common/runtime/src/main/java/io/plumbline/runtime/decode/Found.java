package io.plumbline.runtime.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import io.plumbline.runtime.ingest.Malformed;
import java.io.IOException;

/** What stood where something else was expected, for a reason that a person reads. */
final class Found {
  private Found() {}

  /** {@code found "n/a" at /features/income}. */
  static String there(JsonParser parser) throws IOException {
    return "found %s at %s".formatted(at(parser), place(parser));
  }

  static String at(JsonParser parser) throws IOException {
    if (parser.currentToken() == null) {
      return "nothing";
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_STRING -> "\"" + Malformed.shown(parser.getText()) + "\"";
      default -> Malformed.shown(parser.getText());
    };
  }

  /** {@code at /features}: the object around the value that the parser is at; the record: empty. */
  static String within(JsonParser parser) {
    JsonStreamContext object = parser.getParsingContext();
    JsonStreamContext around = parser.currentToken().isStructStart() ? object.getParent() : object;
    String pointer = around.getParent().pathAsPointer().toString();
    return pointer.isEmpty() ? "" : " at " + Malformed.shown(pointer);
  }

  /** The JSON pointer of the value that the parser is at. */
  static String place(JsonParser parser) {
    return Malformed.shown(parser.getParsingContext().pathAsPointer().toString());
  }
}
