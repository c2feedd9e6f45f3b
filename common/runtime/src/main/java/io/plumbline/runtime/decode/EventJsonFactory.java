package io.plumbline.runtime.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;

/** The parser of all events; public for those who measure what it costs by itself. */
public final class EventJsonFactory extends JsonFactory {
  private static final long serialVersionUID = 1;

  private EventJsonFactory(JsonFactoryBuilder builder) {
    super(builder);
  }

  /**
   * @param maxDepth of objects and lists in each other; deeper ones are refused
   */
  public static EventJsonFactory of(int maxDepth) {
    JsonFactoryBuilder builder = new JsonFactoryBuilder();
    builder
        .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(maxDepth).build())
        .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
        // Python writes NaN and Infinity as they are.
        .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
        // Names of events are data: they do not belong into the JVM's table.
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES);
    return new EventJsonFactory(builder);
  }

  /** How many names its parsers have met and keep. */
  int names() {
    return _byteSymbolCanonicalizer.size();
  }
}
