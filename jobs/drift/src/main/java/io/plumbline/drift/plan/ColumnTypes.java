package io.plumbline.drift.plan;

import java.util.Locale;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/** From a Parquet schema to what Plumbline compares. */
public final class ColumnTypes {
  private static final int DIGITS_OF_A_LONG = 18;
  private static final int DIGITS_OF_NANOSECONDS = 9;

  private ColumnTypes() {}

  /** What a top-level column, or a leaf of one, holds. */
  public static ColumnType of(Type type) {
    if (type.isPrimitive() && !type.isRepetition(Type.Repetition.REPEATED)) {
      return ofPrimitive(type.asPrimitiveType());
    }
    PrimitiveType element = listElement(type);
    if (element != null) {
      ColumnType elementType = ofPrimitive(element);
      return switch (elementType.kind()) {
        case FLOAT, DOUBLE, INTEGER -> list(elementType);
        case DECIMAL,
            WIDE,
            UNSIGNED,
            MIXED,
            STRING,
            BYTES,
            BOOLEAN,
            DATE,
            TIMESTAMP,
            WIDE_TIMESTAMP,
            LIST,
            OTHER,
            NONE ->
            ColumnType.of(ColumnType.Kind.OTHER, "list of " + elementType.physical());
      };
    }
    String annotation =
        type.getLogicalTypeAnnotation() == null ? "" : " " + type.getLogicalTypeAnnotation();
    return ColumnType.of(
        ColumnType.Kind.OTHER, ("nested" + annotation).toLowerCase(Locale.ROOT).strip());
  }

  private static ColumnType list(ColumnType element) {
    return ColumnType.of(ColumnType.Kind.LIST, "list of " + element.physical());
  }

  /** The element of a list in any of the layouts that writers have used; null if it is no list. */
  private static PrimitiveType listElement(Type type) {
    boolean list = type.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation;
    if (!list && !type.isRepetition(Type.Repetition.REPEATED)) {
      return null;
    }
    Type current = type;
    int repeated = current.isRepetition(Type.Repetition.REPEATED) ? 1 : 0;
    while (!current.isPrimitive()) {
      GroupType group = current.asGroupType();
      if (group.getFieldCount() != 1) {
        return null;
      }
      current = group.getType(0);
      repeated += current.isRepetition(Type.Repetition.REPEATED) ? 1 : 0;
    }
    return repeated == 1 ? current.asPrimitiveType() : null;
  }

  private static ColumnType ofPrimitive(PrimitiveType type) {
    LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
    String physical =
        annotation == null ? type.getPrimitiveTypeName().name() : annotation.toString();
    return switch (type.getPrimitiveTypeName()) {
      case FLOAT -> ColumnType.of(ColumnType.Kind.FLOAT, physical);
      case DOUBLE -> ColumnType.of(ColumnType.Kind.DOUBLE, physical);
      case BOOLEAN -> ColumnType.of(ColumnType.Kind.BOOLEAN, physical);
      case INT32, INT64 -> ofInteger(annotation, physical);
      case BINARY -> ofBinary(annotation, physical);
      case FIXED_LEN_BYTE_ARRAY -> ofFixed(annotation, physical);
      case INT96 ->
          new ColumnType(ColumnType.Kind.WIDE_TIMESTAMP, DIGITS_OF_NANOSECONDS, "TIMESTAMP(INT96)");
    };
  }

  private static ColumnType ofInteger(LogicalTypeAnnotation annotation, String physical) {
    if (annotation == null) {
      return ColumnType.of(ColumnType.Kind.INTEGER, physical);
    }
    if (annotation instanceof IntLogicalTypeAnnotation integer) {
      boolean fits = integer.isSigned() || integer.getBitWidth() < 64;
      return ColumnType.of(fits ? ColumnType.Kind.INTEGER : ColumnType.Kind.UNSIGNED, physical);
    }
    if (annotation instanceof DateLogicalTypeAnnotation) {
      return ColumnType.of(ColumnType.Kind.DATE, physical);
    }
    if (annotation instanceof TimestampLogicalTypeAnnotation timestamp) {
      return new ColumnType(ColumnType.Kind.TIMESTAMP, digits(timestamp.getUnit()), physical);
    }
    return annotation instanceof DecimalLogicalTypeAnnotation decimal
        ? ofDecimal(decimal, physical)
        : ColumnType.of(ColumnType.Kind.OTHER, physical);
  }

  private static int digits(LogicalTypeAnnotation.TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> 3;
      case MICROS -> 6;
      case NANOS -> DIGITS_OF_NANOSECONDS;
    };
  }

  private static ColumnType ofFixed(LogicalTypeAnnotation annotation, String physical) {
    if (annotation instanceof Float16LogicalTypeAnnotation) {
      return ColumnType.of(ColumnType.Kind.FLOAT, physical);
    }
    return annotation instanceof DecimalLogicalTypeAnnotation decimal
        ? ofDecimal(decimal, physical)
        : ColumnType.of(ColumnType.Kind.OTHER, physical);
  }

  private static ColumnType ofBinary(LogicalTypeAnnotation annotation, String physical) {
    if (annotation == null) {
      return ColumnType.of(ColumnType.Kind.BYTES, physical);
    }
    if (annotation instanceof StringLogicalTypeAnnotation
        || annotation instanceof EnumLogicalTypeAnnotation) {
      return ColumnType.of(ColumnType.Kind.STRING, physical);
    }
    return annotation instanceof DecimalLogicalTypeAnnotation decimal
        ? ofDecimal(decimal, physical)
        : ColumnType.of(ColumnType.Kind.OTHER, physical);
  }

  private static ColumnType ofDecimal(DecimalLogicalTypeAnnotation decimal, String physical) {
    boolean fits = decimal.getPrecision() <= DIGITS_OF_A_LONG;
    return new ColumnType(
        fits ? ColumnType.Kind.DECIMAL : ColumnType.Kind.WIDE, decimal.getScale(), physical);
  }
}
