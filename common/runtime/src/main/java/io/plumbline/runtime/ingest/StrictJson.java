package io.plumbline.runtime.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.plumbline.events.EventJson;
import java.io.IOException;

/**
 * The JSON of our own topics. What users' events may be ({@code ingest.max_depth}, {@code
 * ingest.max_record}) is no measure for it: a config that is stricter with them must not make a job
 * refuse what another has written.
 */
public final class StrictJson {
  /** As deep as a document may be that becomes a control message. */
  private static final int MOST_LEVELS = 100;

  private static final ObjectReader READER =
      EventJson.strict(StreamReadConstraints.builder().maxNestingDepth(MOST_LEVELS).build())
          .reader();

  private StrictJson() {}

  /** Reads a whole record; its fields are not looked at yet. */
  public static JsonNode read(byte[] json) throws Malformed {
    Utf8.require(json);
    try {
      return READER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new Malformed("not JSON: " + Malformed.firstLine(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new Malformed("not JSON: " + Malformed.firstLine(e.getMessage()));
    }
  }

  /** Binds what was read to a type, without guesses. */
  public static <R> R bind(JsonNode value, Class<R> type) throws JsonProcessingException {
    return READER.treeToValue(value, type);
  }
}
