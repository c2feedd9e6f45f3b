package io.plumbline.runtime.decode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.plumbline.events.DriftResult;
import io.plumbline.events.FeatureCheck;
import io.plumbline.events.MetricPoint;
import io.plumbline.events.Topic;
import io.plumbline.runtime.ingest.Decoder;
import io.plumbline.runtime.ingest.Malformed;
import io.plumbline.runtime.ingest.StrictJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads records of one of our result topics, strictly: each field has the type that the contract
 * gives it, and those are there without which nobody could say what the record is about. Other
 * fields may be absent: null, or what the type has for nothing.
 *
 * @param <R> the record
 */
public final class ResultDecoder<R> implements Decoder<R> {
  private static final String TIME = "a time in ISO-8601 with offset, of the years 1 to 9999";

  /** A check of a feature that is no model's. */
  private static final Set<String> MAY_BE_ABSENT = Set.of("model", "model_version");

  /** Empty, it is all of the traffic. */
  private static final String SEGMENT = "segment";

  private final Class<R> type;
  private final List<String> required;

  /**
   * @param required the fields that must be there and not empty, if results can have them at all
   */
  public ResultDecoder(Class<R> type, List<String> required) {
    this.type = type;
    this.required = required.stream().filter(field -> !MAY_BE_ABSENT.contains(field)).toList();
  }

  /** Of {@code plumbline.metrics}. */
  public static ResultDecoder<MetricPoint> metrics() {
    return of(Topic.METRICS, MetricPoint.class, "metric", "job");
  }

  /** Of {@code plumbline.checks}. */
  public static ResultDecoder<FeatureCheck> checks() {
    return of(Topic.CHECKS, FeatureCheck.class);
  }

  /** Of {@code plumbline.drift}. */
  public static ResultDecoder<DriftResult> drift() {
    return of(Topic.DRIFT, DriftResult.class, "job");
  }

  private static <R> ResultDecoder<R> of(Topic topic, Class<R> type, String... more) {
    List<String> required = new ArrayList<>(topic.identityFields());
    required.add("window_end");
    required.add("computed_at");
    required.addAll(List.of(more));
    return new ResultDecoder<>(type, required);
  }

  /** The class of the records. */
  public Class<R> type() {
    return type;
  }

  @Override
  public R decode(byte[] json) throws Malformed {
    JsonNode record = object(json);
    R result = bind(record);
    requireAll(record);
    return result;
  }

  /**
   * The same record with its fields as they stand there.
   *
   * @throws Malformed if {@link #decode} would throw it
   */
  public JsonNode read(byte[] json) throws Malformed {
    JsonNode record = object(json);
    bind(record);
    requireAll(record);
    return record;
  }

  private static JsonNode object(byte[] json) throws Malformed {
    JsonNode record = StrictJson.read(json);
    if (!record.isObject()) {
      throw new Malformed("expected an object, found " + kind(record));
    }
    return record;
  }

  private R bind(JsonNode record) throws Malformed {
    try {
      return StrictJson.bind(record, type);
    } catch (MismatchedInputException e) {
      throw new Malformed(
          "expected %s, found %s at %s"
              .formatted(expected(e.getTargetType()), found(record, e), place(e)));
    } catch (JsonMappingException e) {
      throw new Malformed(
          "%s at %s".formatted(Malformed.firstLine(e.getOriginalMessage()), place(e)));
    } catch (JsonProcessingException e) {
      throw new Malformed(Malformed.firstLine(e.getOriginalMessage()));
    }
  }

  private static String expected(Class<?> type) {
    if (type == null) {
      return "another type";
    }
    if (type == Instant.class) {
      return TIME;
    }
    if (type == String.class) {
      return "text";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == long.class || type == Long.class || type == int.class) {
      return "a whole number";
    }
    if (type == double.class || type == Double.class) {
      return "a number";
    }
    return List.class.isAssignableFrom(type) ? "a list" : "an object";
  }

  private static String found(JsonNode record, JsonMappingException e) {
    JsonNode found = record;
    for (JsonMappingException.Reference step : e.getPath()) {
      found =
          step.getFieldName() == null
              ? found.path(step.getIndex())
              : found.path(step.getFieldName());
    }
    return found.isMissingNode() ? kind(found) : Malformed.shown(found.toString());
  }

  /** As a JSON pointer. */
  private static String place(JsonMappingException e) {
    return e.getPath().stream()
        .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
        .map(Malformed::shown)
        .collect(Collectors.joining("/", "/", ""));
  }

  private void requireAll(JsonNode record) throws Malformed {
    for (String field : required) {
      JsonNode value = record.path(field);
      boolean empty = value.isTextual() && value.textValue().isEmpty() && !field.equals(SEGMENT);
      if (empty || value.isMissingNode() || value.isNull()) {
        throw new Malformed("expected a value, found %s at /%s".formatted(kind(value), field));
      }
    }
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case MISSING -> "nothing";
      case STRING -> value.textValue().isEmpty() ? "an empty text" : "text";
      case NUMBER -> "a number";
      case NULL -> "null";
      case ARRAY -> "a list";
      case BOOLEAN -> value.asText();
      default -> "an object";
    };
  }
}
