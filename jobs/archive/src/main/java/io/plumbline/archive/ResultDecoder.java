package io.plumbline.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.plumbline.events.EventJson;
import io.plumbline.runtime.ingest.Decoder;
import io.plumbline.runtime.ingest.Malformed;
import io.plumbline.runtime.ingest.StrictJson;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a record of a result topic and makes sure that it is a row of its table. */
final class ResultDecoder implements Decoder<ResultState> {
  private static final String TIME = "a time in ISO-8601 with offset, of the years 1 to 9999";

  /** A check of a feature that is no model's. */
  private static final Set<String> MAY_BE_ABSENT = Set.of("model", "model_version");

  /** Empty, it is all of the traffic. */
  private static final String SEGMENT = "segment";

  private final ArchiveTable table;

  ResultDecoder(ArchiveTable table) {
    this.table = table;
  }

  @Override
  public ResultState decode(byte[] json) throws Malformed {
    JsonNode record = StrictJson.read(json);
    if (!record.isObject()) {
      throw new Malformed("expected an object, found " + kind(record));
    }
    asRow(record);
    for (String field : table.identityFields()) {
      if (!MAY_BE_ABSENT.contains(field)) {
        required(record, field);
      }
    }
    long computedAt = EventJson.time(required(record, table.timeField())).toEpochMilli();
    String job = table.onlyJob().orElse(null);
    if (job == null) {
      job = required(record, "job").textValue();
    }
    return new ResultState(table.table(), table.identity(record), job, computedAt, json);
  }

  private void asRow(JsonNode record) throws Malformed {
    try {
      StrictJson.bind(record, table.type());
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

  /** A field of a record that is a row: it has the right type, if it is there. */
  private static JsonNode required(JsonNode record, String field) throws Malformed {
    JsonNode value = record.path(field);
    boolean empty = value.isTextual() && value.textValue().isEmpty() && !field.equals(SEGMENT);
    if (empty || value.isMissingNode() || value.isNull()) {
      throw new Malformed("expected a value, found %s at /%s".formatted(kind(value), field));
    }
    return value;
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
