package io.plumbline.parquet;

import io.plumbline.events.FieldNames;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * The table of a record type: its columns in Parquet and in Flink SQL, derived from the record's
 * components, so that topic, file and DDL cannot drift apart.
 *
 * <p>The partition column {@code job} is in the path only, as readers of Hive-style tables expect.
 *
 * @param <R> the record of a row
 */
public final class TableSchema<R extends Record> {
  private static final Set<String> IN_THE_PATH = Set.of("job");

  private final Class<R> type;
  private final List<Column> columns;

  /** A column: how it is read from a record, and its types. */
  record Column(String name, MethodHandle read, Type type) {}

  private TableSchema(Class<R> type, List<Column> columns) {
    this.type = type;
    this.columns = columns;
  }

  public static <R extends Record> TableSchema<R> of(Class<R> type) {
    return new TableSchema<>(
        type,
        columns(type).stream()
            .filter(c -> !IN_THE_PATH.contains(c.name))
            .collect(Collectors.toUnmodifiableList()));
  }

  static List<Column> columns(Class<?> type) {
    List<Column> columns = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      try {
        columns.add(
            new Column(
                FieldNames.of(component),
                MethodHandles.publicLookup().unreflect(component.getAccessor()),
                component.getGenericType()));
      } catch (IllegalAccessException e) {
        throw new IllegalArgumentException("not a public record: " + type, e);
      }
    }
    return columns;
  }

  List<Column> columns() {
    return columns;
  }

  /** The schema of the table's files. */
  public MessageType parquet() {
    Types.MessageTypeBuilder message = Types.buildMessage();
    for (Column column : columns) {
      message.addField(parquet(column.type, column.name));
    }
    return message.named(type.getSimpleName());
  }

  private static org.apache.parquet.schema.Type parquet(Type type, String name) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == Map.class
          ? Types.optionalMap()
              .key(required(arguments[0], "key"))
              .value(parquet(arguments[1], "value"))
              .named(name)
          : Types.optionalList().element(parquet(arguments[0], "element")).named(name);
    }
    Class<?> raw = (Class<?>) type;
    if (raw.isArray() && raw != byte[].class) {
      return Types.optionalList().element(required(raw.componentType(), "element")).named(name);
    }
    if (raw.isRecord()) {
      Types.GroupBuilder<GroupType> group = Types.optionalGroup();
      for (Column column : columns(raw)) {
        group.addField(parquet(column.type, column.name));
      }
      return group.named(name);
    }
    return primitive(raw, raw.isPrimitive() ? Repetition.REQUIRED : Repetition.OPTIONAL, name);
  }

  private static org.apache.parquet.schema.Type required(Type type, String name) {
    return primitive((Class<?>) type, Repetition.REQUIRED, name);
  }

  private static org.apache.parquet.schema.Type primitive(
      Class<?> type, Repetition repetition, String name) {
    if (type == String.class) {
      return Types.primitive(PrimitiveTypeName.BINARY, repetition)
          .as(LogicalTypeAnnotation.stringType())
          .named(name);
    }
    if (type == byte[].class) {
      return Types.primitive(PrimitiveTypeName.BINARY, repetition).named(name);
    }
    if (type == Instant.class) {
      return Types.primitive(PrimitiveTypeName.INT64, repetition)
          .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MILLIS))
          .named(name);
    }
    return Types.primitive(number(type), repetition).named(name);
  }

  private static PrimitiveTypeName number(Class<?> type) {
    if (type == double.class || type == Double.class) {
      return PrimitiveTypeName.DOUBLE;
    }
    if (type == long.class || type == Long.class) {
      return PrimitiveTypeName.INT64;
    }
    if (type == boolean.class || type == Boolean.class) {
      return PrimitiveTypeName.BOOLEAN;
    }
    throw new IllegalArgumentException("no column type for " + type);
  }

  /** The columns as Flink SQL declares them, in order, without those of the path. */
  public List<String> sqlColumns() {
    return columns.stream().map(c -> "`" + c.name + "` " + sql(c.type)).toList();
  }

  private static String sql(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == Map.class
          ? "MAP<%s, %s>".formatted(sql(arguments[0]), sql(arguments[1]))
          : "ARRAY<%s>".formatted(sql(arguments[0]));
    }
    Class<?> raw = (Class<?>) type;
    if (raw.isRecord()) {
      return columns(raw).stream()
          .map(c -> "`" + c.name + "` " + sql(c.type))
          .collect(Collectors.joining(", ", "ROW<", ">"));
    }
    if (raw == String.class) {
      return "STRING";
    }
    if (raw == Instant.class) {
      return "TIMESTAMP_LTZ(3)";
    }
    return switch (number(raw)) {
      case DOUBLE -> "DOUBLE";
      case INT64 -> "BIGINT";
      default -> "BOOLEAN";
    };
  }
}
