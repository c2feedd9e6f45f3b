package io.plumbline.runtime.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.plumbline.events.Label;
import io.plumbline.runtime.ingest.Malformed;
import java.io.IOException;
import java.util.Map;

/** Reads {@code plumbline.labels}. */
public final class LabelDecoder extends EventDecoder<Label> {
  private static final String PROXY = "proxy:";

  private transient String predictionId;
  private transient long ts;
  private transient String label;
  private transient Double number;
  private transient String kind;

  /**
   * @param pointers to fields that a record holds elsewhere
   */
  public LabelDecoder(Map<String, String> pointers, int maxDepth) {
    super(Label.FIELDS, 3, pointers, maxDepth);
  }

  @Override
  void begin() {
    number = null;
    kind = Label.GROUND_TRUTH;
  }

  @Override
  void read(int field, JsonParser parser, FieldTree node) throws IOException, Malformed {
    switch (field) {
      case 0 -> predictionId = name(parser);
      case 1 -> ts = EventTimes.read(parser);
      case 2 -> {
        label = scalar(parser);
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
          number = parser.getDoubleValue();
        }
      }
      case 3 -> {
        kind = name(parser);
        if (!kind.equals(Label.GROUND_TRUTH) && (!kind.startsWith(PROXY) || kind.equals(PROXY))) {
          throw new Malformed("expected ground_truth or proxy:NAME, " + Found.there(parser));
        }
      }
      default -> throw new IllegalStateException("field " + field);
    }
  }

  @Override
  Label end() {
    return new Label(predictionId, ts, label, number, kind);
  }
}
