package io.plumbline.events;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;

/**
 * A change of what the config file says, while the jobs run.
 *
 * @param kind feature, model, reference, lineage, monitor, route, silence, acknowledgement or
 *     resolution
 * @param spec JSON, as the config would hold it; null takes an earlier change back
 * @param author who changed it
 */
public record ControlMessage(
    String kind,
    String name,
    @JsonRawValue @JsonDeserialize(using = RawJson.class) String spec,
    String author,
    Instant at)
    implements Serializable {

  /** The key of its record: {@code feature/income}. */
  public String key() {
    return kind + "/" + name;
  }

  /** Keeps a value of any kind as its text. */
  private static final class RawJson extends JsonDeserializer<String> {
    @Override
    public String deserialize(JsonParser in, DeserializationContext context) throws IOException {
      // By the context: the parser's own way takes the rest of the message for trailing tokens.
      return context.readTree(in).toString();
    }
  }
}
