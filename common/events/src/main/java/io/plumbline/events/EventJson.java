package io.plumbline.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.NumberDeserializers;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The JSON of all records of this package: names in snake_case, times in ISO-8601 UTC with
 * milliseconds, numbers that are not finite as null.
 */
public final class EventJson {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** What lies outside of the years 1 to 9999 has no date of four digits, and fits in no column. */
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private static final ObjectMapper MAPPER = builder(new JsonFactory()).build();

  private EventJson() {}

  /** The mapper itself, for documents that contain such records. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /**
   * A mapper for what others wrote: a field of the wrong type, a number that is not finite, a field
   * that stands twice and what follows the record are errors, not guesses.
   */
  public static ObjectMapper strict(StreamReadConstraints constraints) {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(constraints)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    return builder(factory)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .withCoercionConfig(
            LogicalType.Textual,
            text ->
                text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
        .addModule(
            new SimpleModule("finite")
                .addDeserializer(Double.class, new FiniteReader(Double.class, null))
                .addDeserializer(double.class, new FiniteReader(double.class, 0.0)))
        .build();
  }

  private static JsonMapper.Builder builder(JsonFactory factory) {
    return JsonMapper.builder(factory)
        .propertyNamingStrategy(new Names())
        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .addModule(
            new SimpleModule()
                .addSerializer(Instant.class, new InstantWriter())
                .addDeserializer(Instant.class, new InstantReader())
                .addSerializer(Double.class, new FiniteWriter())
                .addSerializer(double.class, new FiniteWriter()));
  }

  /**
   * A time as it is written in ISO-8601 with offset.
   *
   * @throws DateTimeException if it is none, or not of the years 1 to 9999
   */
  public static Instant time(String text) {
    return within(OffsetDateTime.parse(text).toInstant());
  }

  /**
   * A time in epoch milliseconds.
   *
   * @throws DateTimeException if it is not of the years 1 to 9999
   */
  public static Instant time(long epochMillis) {
    return within(Instant.ofEpochMilli(epochMillis));
  }

  /** A field that was bound to a time: written in one of these two ways. */
  public static Instant time(JsonNode value) {
    return value.isTextual() ? time(value.textValue()) : time(value.longValue());
  }

  private static Instant within(Instant time) {
    if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
      throw new DateTimeException("not of the years 1 to 9999");
    }
    return time;
  }

  public static byte[] write(Object event) {
    try {
      return MAPPER.writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no event of ours: " + event.getClass(), e);
    }
  }

  /** Fields that the record does not have are ignored. */
  public static <R> R read(byte[] json, Class<R> type) throws IOException {
    return MAPPER.readValue(json, type);
  }

  private static final class Names extends PropertyNamingStrategies.NamingBase {
    private static final long serialVersionUID = 1;

    @Override
    public String translate(String component) {
      return FieldNames.of(component);
    }
  }

  private static final class InstantWriter extends JsonSerializer<Instant> {
    @Override
    public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(MILLIS.format(value));
    }
  }

  private static final class InstantReader extends JsonDeserializer<Instant> {
    @Override
    public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
      String text = in.getText();
      try {
        return in.currentToken() == JsonToken.VALUE_NUMBER_INT
            ? time(in.getLongValue())
            : time(text);
      } catch (DateTimeException e) {
        return (Instant) context.handleWeirdStringValue(Instant.class, text, e.getMessage());
      }
    }
  }

  /** Jackson takes the texts NaN and Infinity for numbers, and 1e999 for an infinite one. */
  private static final class FiniteReader extends NumberDeserializers.DoubleDeserializer {
    private static final long serialVersionUID = 1;

    FiniteReader(Class<Double> type, Double absent) {
      super(type, absent);
    }

    @Override
    public Double deserialize(JsonParser in, DeserializationContext context) throws IOException {
      Double value = super.deserialize(in, context);
      return value == null || Double.isFinite(value)
          ? value
          : (Double) context.handleWeirdNumberValue(Double.class, value, "not finite");
    }
  }

  private static final class FiniteWriter extends JsonSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      if (Double.isFinite(value)) {
        out.writeNumber(value);
      } else {
        out.writeNull();
      }
    }
  }
}
