package io.plumbline.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.plumbline.events.EventJson;
import io.plumbline.runtime.ingest.Decoder;
import io.plumbline.runtime.ingest.Malformed;
import io.plumbline.runtime.ingest.Utf8;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.stream.Collectors;

/** Reads a record of a result topic and makes sure that it is a row of its table. */
final class ResultDecoder implements Decoder<ResultState> {
  private final ArchiveTable table;
  private final int maxDepth;
  private transient ObjectReader reader;

  ResultDecoder(ArchiveTable table, int maxDepth) {
    this.table = table;
    this.maxDepth = maxDepth;
  }

  @Override
  public ResultState decode(byte[] json) throws Malformed {
    Utf8.require(json);
    JsonNode record = parse(json);
    if (!record.isObject()) {
      throw new Malformed("expected an object, found " + kind(record));
    }
    asRow(record);
    for (String field : table.topic().keyFields()) {
      required(record, field);
    }
    long computedAt = time(record).toEpochMilli();
    String job = table.onlyJob().isPresent() ? table.onlyJob().get() : required(record, "job");
    return new ResultState(table.table(), table.topic().identity(record), job, computedAt, json);
  }

  private ObjectReader reader() {
    if (reader == null) {
      reader =
          EventJson.strict(StreamReadConstraints.builder().maxNestingDepth(maxDepth).build())
              .reader();
    }
    return reader;
  }

  private JsonNode parse(byte[] json) throws Malformed {
    try {
      return reader().readTree(json);
    } catch (JsonProcessingException e) {
      throw new Malformed("not JSON: " + Malformed.firstLine(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new Malformed("not JSON: " + Malformed.firstLine(e.getMessage()));
    }
  }

  private void asRow(JsonNode record) throws Malformed {
    try {
      reader().treeToValue(record, table.type());
    } catch (MismatchedInputException e) {
      throw new Malformed(
          "expected %s, found %s at %s"
              .formatted(expected(e.getTargetType()), found(record, e), place(e)));
    } catch (JsonMappingException e) {
      throw new Malformed(
          "%s at %s".formatted(Malformed.firstLine(e.getOriginalMessage()), place(e)));
    } catch (JsonProcessingException e) {
      throw new Malformed(Malformed.firstLine(e.getOriginalMessage()));
    } catch (DateTimeException e) {
      throw new Malformed(
          "expected a time in ISO-8601 with offset: " + Malformed.firstLine(e.getMessage()));
    }
  }

  private static String expected(Class<?> type) {
    if (type == null) {
      return "another type";
    }
    if (type == Instant.class) {
      return "a time in ISO-8601 with offset";
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
    return java.util.List.class.isAssignableFrom(type) ? "a list" : "an object";
  }

  private static String found(JsonNode record, JsonMappingException e) {
    JsonNode found = record;
    for (JsonMappingException.Reference step : e.getPath()) {
      found =
          step.getFieldName() == null
              ? found.path(step.getIndex())
              : found.path(step.getFieldName());
    }
    return Malformed.shown(found.toString());
  }

  /** As a JSON pointer. */
  private static String place(JsonMappingException e) {
    return e.getPath().stream()
        .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
        .map(Malformed::shown)
        .collect(Collectors.joining("/", "/", ""));
  }

  private static String required(JsonNode record, String field) throws Malformed {
    JsonNode value = record.path(field);
    if (!value.isTextual() || value.textValue().isEmpty()) {
      throw new Malformed("expected text, found %s at /%s".formatted(kind(value), field));
    }
    return value.textValue();
  }

  private Instant time(JsonNode record) throws Malformed {
    JsonNode value = record.path(table.timeField());
    if (value.isMissingNode() || value.isNull()) {
      throw new Malformed(
          "expected a time in ISO-8601 with offset, found %s at /%s"
              .formatted(kind(value), table.timeField()));
    }
    try {
      return EventJson.time(value);
    } catch (DateTimeException e) {
      throw new Malformed(
          "expected a time in ISO-8601 with offset, found %s at /%s"
              .formatted(Malformed.shown(value.toString()), table.timeField()));
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
