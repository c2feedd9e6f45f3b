package io.plumbline.drift.scan;

import io.plumbline.drift.plan.FolderNumber;
import java.util.Optional;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** Batches of a column whose one value is in the name of a folder: all rows have it, or none. */
final class FolderBatches<C extends BatchCells> extends CellBatches<C> {
  private static final int[] ROWS = new int[MOST_ROWS];

  /** All rows have the only entry. */
  private static final int[] IDS = new int[MOST_ROWS];

  static {
    for (int row = 0; row < ROWS.length; row++) {
      ROWS[row] = row;
    }
  }

  private final boolean missing;

  private FolderBatches(C cells, int total, boolean missing) {
    super(cells, total);
    this.missing = missing;
  }

  /** A text. */
  static <C extends BatchCells> FolderBatches<C> text(C cells, int total, String text) {
    PrimitiveType type = type(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.stringType());
    return of(cells, total, type, new OnlyText(Binary.fromString(text)));
  }

  /** The number that a text is; missing if it is none. */
  static <C extends BatchCells> FolderBatches<C> number(C cells, int total, String text) {
    Optional<FolderNumber> number = FolderNumber.of(text);
    if (number.isEmpty()) {
      cells.begin(type(PrimitiveTypeName.DOUBLE, null));
      return new FolderBatches<>(cells, total, true);
    }
    return number.get().whole()
        ? of(
            cells,
            total,
            type(PrimitiveTypeName.INT64, null),
            new OnlyInteger(number.get().integer()))
        : of(cells, total, type(PrimitiveTypeName.DOUBLE, null), new OnlyReal(number.get().real()));
  }

  private static PrimitiveType type(PrimitiveTypeName name, LogicalTypeAnnotation annotation) {
    return Types.required(name).as(annotation).named("folder");
  }

  private static <C extends BatchCells> FolderBatches<C> of(
      C cells, int total, PrimitiveType type, Dictionary value) {
    cells.begin(type);
    cells.setDictionary(value);
    return new FolderBatches<>(cells, total, false);
  }

  @Override
  Decoder decoder() {
    return Decoder.FOLDER;
  }

  @Override
  void fill() {
    int rows = Math.min(left(), MOST_ROWS);
    filled(rows, missing ? 0 : rows, true);
  }

  @Override
  int[] rowsOfValues() {
    return ROWS;
  }

  @Override
  int[] ids() {
    return IDS;
  }

  @Override
  void count(int[] counters) {
    if (!missing) {
      counters[0] += values();
    }
  }

  /** A dictionary of one entry. */
  private abstract static class Only extends Dictionary {
    Only() {
      super(Encoding.PLAIN);
    }

    @Override
    public int getMaxId() {
      return 0;
    }
  }

  private static final class OnlyText extends Only {
    private final Binary value;

    OnlyText(Binary value) {
      this.value = value;
    }

    @Override
    public Binary decodeToBinary(int id) {
      return value;
    }
  }

  private static final class OnlyInteger extends Only {
    private final long value;

    OnlyInteger(long value) {
      this.value = value;
    }

    @Override
    public long decodeToLong(int id) {
      return value;
    }
  }

  private static final class OnlyReal extends Only {
    private final double value;

    OnlyReal(double value) {
      this.value = value;
    }

    @Override
    public double decodeToDouble(int id) {
      return value;
    }
  }
}
