package io.plumbline.runtime.decode;

import com.fasterxml.jackson.core.JsonParser;
import io.plumbline.events.FeatureValue;
import io.plumbline.events.FeatureValue.Origin;
import io.plumbline.events.Value;
import io.plumbline.runtime.ingest.Malformed;
import java.io.IOException;
import java.util.Map;

/** Reads {@code plumbline.features}. */
public final class FeatureValueDecoder extends EventDecoder<FeatureValue> {
  private static final int VALUE = 2;
  private static final Origin[] ORIGINS = Origin.values();

  private transient ValueReader reader;
  private transient String feature;
  private transient String entityId;
  private transient Value value;
  private transient long eventTime;
  private transient Origin origin;
  private transient String version;

  /**
   * @param pointers to fields that a record holds elsewhere
   */
  public FeatureValueDecoder(Map<String, String> pointers, int maxDepth) {
    super(FeatureValue.FIELDS, 4, pointers, maxDepth);
  }

  @Override
  boolean isNullable(int field) {
    return field == VALUE;
  }

  @Override
  void begin() {
    reader = reader == null ? new ValueReader() : reader;
    value = Value.NULL;
    origin = null;
    version = null;
  }

  @Override
  void read(int field, JsonParser parser, FieldTree node) throws IOException, Malformed {
    switch (field) {
      case 0 -> feature = name(parser);
      case 1 -> entityId = name(parser);
      case VALUE -> {
        reader.read(parser);
        value = reader.value();
      }
      case 3 -> eventTime = EventTimes.read(parser);
      case 4 -> origin = constant(parser, ORIGINS);
      case 5 -> version = scalar(parser);
      default -> throw new IllegalStateException("field " + field);
    }
  }

  @Override
  FeatureValue end() {
    return new FeatureValue(feature, entityId, value, eventTime, origin, version);
  }
}
