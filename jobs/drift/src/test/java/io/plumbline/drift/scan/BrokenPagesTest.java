package io.plumbline.drift.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.drift.plan.ColumnTypes;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;

/** Pages byte by byte: what is not whole is an error and never a number. */
@SuppressWarnings("deprecation") // of old encodings, which files have
class BrokenPagesTest {
  private static final PrimitiveType DOUBLE = Types.optional(PrimitiveTypeName.DOUBLE).named("c");
  private static final PrimitiveType MUST = Types.required(PrimitiveTypeName.DOUBLE).named("c");
  private static final PrimitiveType INTEGER = Types.optional(PrimitiveTypeName.INT32).named("c");
  private static final PrimitiveType STRING =
      Types.required(PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.stringType()).named("c");

  /** Five levels in one packed group: 1 1 0 1 1. */
  private static final byte[] LEVELS = {3, 0b11011};

  private static final byte[] DOUBLES =
      ByteBuffer.allocate(32)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putDouble(1)
          .putDouble(Double.NaN)
          .putDouble(-0.0)
          .putDouble(4)
          .array();

  private static final List<Object> EXPECTED = Arrays.asList(1.0, Double.NaN, null, -0.0, 4.0);

  @Test
  void wholePagesOfBothVersions() throws IOException {
    assertThat(numbers(DOUBLE, null, first(5, withLength(LEVELS), DOUBLES))).isEqualTo(EXPECTED);
    assertThat(numbers(DOUBLE, null, second(5, LEVELS, DOUBLES))).isEqualTo(EXPECTED);
    assertThat(numbers(MUST, null, first(4, DOUBLES))).hasSize(4).doesNotContainNull();
  }

  @Test
  void levelsAsTheyWereWrittenLongAgo() throws IOException {
    DataPage page =
        first(Encoding.BIT_PACKED, Encoding.PLAIN, 5, new byte[] {(byte) 0b11011_000}, DOUBLES);
    assertThat(numbers(DOUBLE, null, page)).isEqualTo(EXPECTED);
    DataPage cut = first(Encoding.BIT_PACKED, Encoding.PLAIN, 9, new byte[] {(byte) 0b11011_000});
    assertThatThrownBy(() -> numbers(DOUBLE, null, cut)).isInstanceOf(EOFException.class);
  }

  @Test
  void emptyPagesBetweenOthers() throws IOException {
    DataPage none = first(0);
    assertThat(
            numbers(
                DOUBLE, null, none, second(5, LEVELS, DOUBLES), none, second(5, LEVELS, DOUBLES)))
        .hasSize(10);
  }

  @Test
  void cutAnywhereIsAnError() {
    byte[] whole = join(withLength(LEVELS), DOUBLES);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> numbers(DOUBLE, null, first(5, cut)))
          .as("%s bytes", length)
          .isInstanceOf(IOException.class);
    }
    for (int length = 0; length < DOUBLES.length; length++) {
      byte[] cut = Arrays.copyOf(DOUBLES, length);
      assertThatThrownBy(() -> numbers(DOUBLE, null, second(5, LEVELS, cut)))
          .as("%s bytes", length)
          .isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> numbers(DOUBLE, null, second(5, new byte[] {3}, DOUBLES)))
        .isInstanceOf(EOFException.class);
  }

  @Test
  void levelsThatCannotBe() {
    byte[] two = {10, 2};
    assertThatThrownBy(() -> numbers(DOUBLE, null, second(5, two, DOUBLES)))
        .hasMessageContaining("definition level 2");
    byte[] negative = join(new byte[] {-1, -1, -1, -1}, LEVELS, DOUBLES);
    assertThatThrownBy(() -> numbers(DOUBLE, null, first(5, negative)))
        .hasMessageContaining("-1 bytes of levels");
    assertThatThrownBy(
            () -> numbers(DOUBLE, null, first(Encoding.PLAIN, Encoding.PLAIN, 5, DOUBLES)))
        .hasMessageContaining("levels in PLAIN");
  }

  @Test
  void idsThatTheDictionaryLacks() throws IOException {
    DictionaryPage entries = entries(2);
    byte[] all = {10, 1};
    // Two bits: a packed group of 0 1 1 0 1, then one of 0 1 2.
    byte[] good = {2, 3, 0b00_01_01_00, 0b01};
    assertThat(numbers(INTEGER, entries, coded(5, all, good))).containsExactly(0L, 7L, 7L, 0L, 7L);
    byte[] packed = {2, 3, 0b00_01_10_00, 0b01};
    assertRefused(entries, coded(5, all, packed), "the id 2, the dictionary 2 entries");
    byte[] run = {2, 10, 3};
    assertRefused(entries, coded(5, all, run), "the id 3, the dictionary 2 entries");
    byte[] negative = {32, 10, -1, -1, -1, -1};
    assertRefused(entries, coded(5, all, negative), "the id 4294967295, the dictionary 2 entries");
    assertRefused(null, coded(5, all, good), "the dictionary 0 entries");
    assertRefused(entries, coded(5, all, new byte[] {33, 10, 0}), "numbers of 33 bits");
    assertRefused(entries, coded(5, all, new byte[0]), "ends before");
    assertRefused(entries, coded(5, all, new byte[] {2}), "ends before");
  }

  private static void assertRefused(DictionaryPage entries, DataPage page, String message) {
    assertThatThrownBy(() -> numbers(INTEGER, entries, page)).hasMessageContaining(message);
    assertThatThrownBy(
            () -> {
              CellBatches<NumberCells> column = open(ofNumbers(INTEGER), INTEGER, entries, 5, page);
              column.next();
              column.count(new int[4]);
            })
        .hasMessageContaining(message);
  }

  @Test
  void aPageOfNullsAloneMayHaveNoIds() throws IOException {
    byte[] nulls = {10, 0};
    assertThat(numbers(INTEGER, entries(2), coded(5, nulls, new byte[0])))
        .isEqualTo(Arrays.asList(null, null, null, null, null));
  }

  @Test
  void idsAfterTheyAreCountedAreAnError() throws IOException {
    CellBatches<NumberCells> column =
        open(
            ofNumbers(INTEGER),
            INTEGER,
            entries(2),
            5,
            coded(5, new byte[] {10, 1}, new byte[] {1, 10, 1}));
    column.next();
    int[] counters = new int[2];
    column.count(counters);
    assertThat(counters).containsExactly(0, 5);
    assertThatThrownBy(column::ids).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aColumnThatEndsEarlyOrIsInAnotherEncoding() {
    PageReader early = new Pages(null, second(5, LEVELS, DOUBLES));
    assertThatThrownBy(
            () ->
                ReadCells.numbers(
                    new PageBatches<>(cells(ofNumbers(DOUBLE), DOUBLE), 6, leaf(DOUBLE), early), 6))
        .hasMessageContaining("end after 5 rows");
    assertThatThrownBy(
            () -> open(ofNumbers(DOUBLE), DOUBLE, null, 4, second(5, LEVELS, DOUBLES)).next())
        .hasMessageContaining("5 rows where 4 are left");
    DataPage delta =
        first(Encoding.RLE, Encoding.DELTA_BINARY_PACKED, 5, withLength(LEVELS), DOUBLES);
    assertThatThrownBy(() -> numbers(DOUBLE, null, delta))
        .hasMessageContaining("DELTA_BINARY_PACKED");
  }

  @Test
  void textsWhoseLengthsCannotBe() throws IOException {
    byte[] two = join(withLength("ab".getBytes(StandardCharsets.UTF_8)), withLength(new byte[0]));
    CellBatches<TextCells> column =
        open(new TextCells(new NumberText.Name()), STRING, null, 2, first(2, two));
    assertThat(column.next()).isTrue();
    assertThat(column.cells().value(0)).containsExactly('a', 'b');
    assertThat(column.cells().length(1)).isZero();
    for (byte[] broken :
        new byte[][] {
          Arrays.copyOf(two, two.length - 1),
          Arrays.copyOf(two, 5),
          {-1, -1, -1, -1, 0},
          {9, 0, 0, 0, 0},
          {}
        }) {
      assertThatThrownBy(
              () ->
                  open(new TextCells(new NumberText.Name()), STRING, null, 2, first(2, broken))
                      .next())
          .isInstanceOf(EOFException.class);
    }
  }

  private static List<Object> numbers(PrimitiveType type, DictionaryPage entries, DataPage... pages)
      throws IOException {
    int rows = Arrays.stream(pages).mapToInt(DataPage::getValueCount).sum();
    return ReadCells.numbers(open(ofNumbers(type), type, entries, rows, pages), rows);
  }

  private static NumberCells ofNumbers(PrimitiveType type) {
    return new NumberCells(ColumnTypes.of(type));
  }

  private static <C extends BatchCells> CellBatches<C> open(
      C cells, PrimitiveType type, DictionaryPage entries, int rows, DataPage... pages)
      throws IOException {
    return new PageBatches<>(cells(cells, type), rows, leaf(type), new Pages(entries, pages));
  }

  private static <C extends BatchCells> C cells(C cells, PrimitiveType type) {
    cells.begin(type);
    return cells;
  }

  private static ColumnDescriptor leaf(PrimitiveType type) {
    int definition = type.isRepetition(PrimitiveType.Repetition.OPTIONAL) ? 1 : 0;
    return new ColumnDescriptor(new String[] {"c"}, type, 0, definition);
  }

  /** The entries 0, 7, 14 ... */
  private static DictionaryPage entries(int count) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      bytes.putInt(7 * i);
    }
    return new DictionaryPage(BytesInput.from(bytes.array()), count, Encoding.PLAIN);
  }

  private static DataPage first(int rows, byte[]... parts) {
    return first(Encoding.RLE, Encoding.PLAIN, rows, parts);
  }

  private static DataPage first(Encoding levels, Encoding values, int rows, byte[]... parts) {
    byte[] bytes = join(parts);
    return new DataPageV1(
        BytesInput.from(bytes), rows, bytes.length, none(), Encoding.RLE, levels, values);
  }

  private static DataPage second(int rows, byte[] levels, byte[] values) {
    return second(Encoding.PLAIN, rows, levels, values);
  }

  private static DataPage coded(int rows, byte[] levels, byte[] values) {
    return second(Encoding.RLE_DICTIONARY, rows, levels, values);
  }

  private static DataPage second(Encoding encoding, int rows, byte[] levels, byte[] values) {
    return DataPageV2.uncompressed(
        rows,
        0,
        rows,
        BytesInput.empty(),
        BytesInput.from(levels),
        encoding,
        BytesInput.from(values),
        none());
  }

  private static Statistics<?> none() {
    return Statistics.getBuilderForReading(DOUBLE).build();
  }

  private static byte[] withLength(byte[] bytes) {
    ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length);
    return join(length.array(), bytes);
  }

  private static byte[] join(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
    Arrays.stream(parts).forEach(all::put);
    return all.array();
  }

  /** Pages in memory. */
  private static final class Pages implements PageReader {
    private final DictionaryPage entries;
    private final Queue<DataPage> pages;

    Pages(DictionaryPage entries, DataPage... pages) {
      this.entries = entries;
      this.pages = new ArrayDeque<>(Arrays.asList(pages));
    }

    @Override
    public DictionaryPage readDictionaryPage() {
      return entries;
    }

    @Override
    public long getTotalValueCount() {
      return pages.stream().mapToLong(DataPage::getValueCount).sum();
    }

    @Override
    public DataPage readPage() {
      return pages.poll();
    }
  }
}
