package io.plumbline.drift.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random columns that parquet-java wrote, against what it reads as rows. */
class CellBatchesTest {
  private static final List<String> NUMBERS =
      List.of("d", "f", "i", "l", "u", "dec_i", "dec_l", "dec_b", "dec_f", "must", "inner");
  private static final List<String> TEXTS =
      List.of("i", "l", "u", "s", "e", "raw", "must_s", "flag", "ul", "wide");

  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message row {
            optional double d;
            optional float f;
            optional int32 i (INTEGER(8,true));
            optional int64 l;
            optional int32 u (INTEGER(32,false));
            optional int32 dec_i (DECIMAL(9,2));
            optional int64 dec_l (DECIMAL(18,4));
            optional binary dec_b (DECIMAL(17,2));
            optional fixed_len_byte_array(7) dec_f (DECIMAL(16,2));
            required double must;
            optional group inner { optional double leaf; }
            optional binary s (STRING);
            optional binary e (ENUM);
            optional binary raw;
            required binary must_s (STRING);
            optional boolean flag;
            optional int64 ul (INTEGER(64,false));
            optional fixed_len_byte_array(16) wide (DECIMAL(38,2));
          }
          """);

  @TempDir Path folder;

  /** What is never in pages that we decode. */
  private static final String ALWAYS_READ = "dec_b dec_f inner flag ul wide";

  /**
   * How a file is written.
   *
   * @param notByPage which of its columns are not in pages that we decode; null: it depends
   */
  private record Layout(
      String name, UnaryOperator<ExampleParquetWriter.Builder> writer, String notByPage) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static List<Layout> layouts() {
    return List.of(
        new Layout("plain", w -> w.withDictionaryEncoding(false), ALWAYS_READ),
        new Layout("dictionary", w -> w.withDictionaryEncoding(true), ALWAYS_READ),
        // The writer gives its dictionaries up on the way, and goes on with values.
        new Layout("full-dictionary", CellBatchesTest::fullDictionary, ALWAYS_READ),
        new Layout(
            "split",
            w -> w.withDictionaryEncoding(false).withByteStreamSplitEncoding(true),
            "d f must " + ALWAYS_READ),
        new Layout(
            "second-plain",
            w -> w.withDictionaryEncoding(false).withWriterVersion(WriterVersion.PARQUET_2_0),
            "i l u dec_i dec_l s e raw must_s " + ALWAYS_READ),
        new Layout(
            "second-dictionary",
            w -> w.withDictionaryEncoding(true).withWriterVersion(WriterVersion.PARQUET_2_0),
            null),
        new Layout(
            "second-full-dictionary",
            w -> fullDictionary(w).withWriterVersion(WriterVersion.PARQUET_2_0),
            null));
  }

  private static ExampleParquetWriter.Builder fullDictionary(ExampleParquetWriter.Builder writer) {
    return writer.withDictionaryEncoding(true).withDictionaryPageSize(600).withPageSize(300);
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void cellsAreThoseThatParquetJavaReadsAsRows(Layout layout) throws Exception {
    Random random = new Random(layout.name.hashCode());
    CompressionCodecName[] codecs = {
      CompressionCodecName.UNCOMPRESSED,
      CompressionCodecName.SNAPPY,
      CompressionCodecName.ZSTD,
      CompressionCodecName.GZIP,
      CompressionCodecName.LZ4_RAW
    };
    for (int round = 0; round < 10; round++) {
      boolean large = round == 1;
      Path file = folder.resolve(layout + "-" + round + ".parquet");
      ExampleParquetWriter.Builder writer =
          ExampleParquetWriter.builder(new LocalOutputFile(file))
              .withType(SCHEMA)
              .withConf(new PlainParquetConfiguration())
              .withCompressionCodec(codecs[round % codecs.length])
              .withPageSize(large || random.nextBoolean() ? 1 << 20 : 400)
              .withPageRowCountLimit(large || random.nextBoolean() ? 1 << 20 : 100)
              .withMinRowCountForPageSizeCheck(10);
      write(layout.writer.apply(writer), random, large ? 20_000 : 1 + random.nextInt(2_000));
      assertSame(file, layout, "%s, round %s".formatted(layout, round));
      Files.delete(file);
    }
  }

  private static void write(ExampleParquetWriter.Builder to, Random random, int rows)
      throws IOException {
    Map<String, Shape> shapes = new HashMap<>();
    SCHEMA.getFields().forEach(field -> shapes.put(field.getName(), Shape.any(random)));
    try (ParquetWriter<Group> writer = to.build()) {
      for (int row = 0; row < rows; row++) {
        Group group = new SimpleGroup(SCHEMA);
        for (String name : shapes.keySet()) {
          Shape shape = shapes.get(name);
          if (name.startsWith("must") || !shape.isNull(random, row)) {
            add(group, name, shape.value(random));
          }
        }
        writer.write(group);
      }
    }
  }

  /** Which cells of a column are null, and how many distinct values the others have. */
  private record Shape(int nulls, int runs, long seed, int distinct) {
    static Shape any(Random random) {
      return new Shape(
          random.nextInt(6),
          1 + random.nextInt(3_000),
          random.nextLong(),
          1 << random.nextInt(random.nextBoolean() ? 4 : 17));
    }

    boolean isNull(Random random, int row) {
      return switch (nulls) {
        case 0 -> false;
        case 1 -> true;
        case 2 -> random.nextInt(20) == 0;
        case 3 -> random.nextInt(20) != 0;
        case 4 -> row / runs % 2 == 0;
        default -> row / runs % 2 == 0 && random.nextInt(50) != 0;
      };
    }

    /** One of the distinct values: any bits. */
    long value(Random random) {
      long mixed = (seed ^ random.nextInt(distinct)) * 0x9E3779B97F4A7C15L;
      return mixed ^ (mixed >>> 29);
    }
  }

  private static void add(Group group, String name, long bits) {
    switch (name) {
      case "d", "must" -> group.add(name, floating(bits));
      case "f" -> group.add(name, (float) floating(bits));
      case "i" -> group.add(name, (int) (byte) bits);
      case "l", "ul" -> group.add(name, bits);
      case "u", "dec_i" -> group.add(name, (int) bits);
      case "dec_l" -> group.add(name, bits >> 4);
      case "dec_b" ->
          group.add(
              name, Binary.fromConstantByteArray(BigInteger.valueOf(bits >> 8).toByteArray()));
      case "dec_f" -> group.add(name, Binary.fromConstantByteArray(bytes(bits >> 8, 7)));
      case "wide" -> group.add(name, Binary.fromConstantByteArray(bytes(bits, 16)));
      case "flag" -> group.add(name, bits < 0);
      case "inner" -> {
        Group inner = group.addGroup(name);
        if (bits % 3 != 0) {
          inner.add("leaf", floating(bits));
        }
      }
      default -> group.add(name, (bits & 7) == 0 ? "" : "tëxt " + (bits >>> (bits & 31)));
    }
  }

  private static double floating(long bits) {
    return switch ((int) (bits & 31)) {
      case 0 -> Double.NaN;
      case 1 -> Double.NEGATIVE_INFINITY;
      case 2 -> -0.0;
      case 3 -> Double.MIN_VALUE;
      default -> Double.longBitsToDouble(bits);
    };
  }

  /** Sign-extended, the highest byte first. */
  private static byte[] bytes(long value, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[length - 1 - i] = (byte) (value >> Math.min(63, 8 * i));
    }
    return bytes;
  }

  private static void assertSame(Path file, Layout layout, String as) throws IOException {
    List<Group> rows = rows(file);
    List<String> notByPage = new ArrayList<>();
    try (RowGroupColumns columns = ReadCells.open(file)) {
      for (String name : NUMBERS) {
        assertThat(ReadCells.numbers(columns, name))
            .as("%s, numbers of %s", as, name)
            .isEqualTo(cells(rows, name, CellBatchesTest::number));
        if (columns.numbers(name).decoder() == CellBatches.Decoder.READER) {
          notByPage.add(name);
        }
      }
      for (String name : TEXTS) {
        assertThat(ReadCells.texts(columns, name))
            .as("%s, texts of %s", as, name)
            .isEqualTo(cells(rows, name, CellBatchesTest::text));
        boolean reader = columns.texts(name).decoder() == CellBatches.Decoder.READER;
        if (reader && !notByPage.contains(name)) {
          notByPage.add(name);
        }
      }
    }
    if (layout.notByPage == null) {
      assertThat(notByPage).as(as).contains(ALWAYS_READ.split(" "));
    } else {
      assertThat(notByPage).as(as).containsExactlyInAnyOrder(layout.notByPage.split(" "));
    }
  }

  private static List<Group> rows(Path file) throws IOException {
    List<Group> rows = new ArrayList<>();
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
      PageReadStore pages = reader.readNextRowGroup();
      RecordReader<Group> records =
          new ColumnIOFactory()
              .getColumnIO(SCHEMA)
              .getRecordReader(pages, new GroupRecordConverter(SCHEMA));
      for (long row = 0; row < pages.getRowCount(); row++) {
        rows.add(records.read());
      }
      assertThat(reader.readNextRowGroup()).isNull();
    }
    return rows;
  }

  private interface Cell {
    Object of(Group row, String name);
  }

  private static List<Object> cells(List<Group> rows, String name, Cell cell) {
    return Arrays.asList(
        rows.stream()
            .map(row -> row.getFieldRepetitionCount(name) == 0 ? null : cell.of(row, name))
            .toArray());
  }

  private static Object number(Group row, String name) {
    return switch (name) {
      case "d", "must" -> row.getDouble(name, 0);
      case "f" -> (double) row.getFloat(name, 0);
      case "i", "dec_i" -> (long) row.getInteger(name, 0);
      case "u" -> Integer.toUnsignedLong(row.getInteger(name, 0));
      case "l", "dec_l" -> row.getLong(name, 0);
      case "inner" -> {
        Group inner = row.getGroup(name, 0);
        yield inner.getFieldRepetitionCount("leaf") == 0 ? null : inner.getDouble("leaf", 0);
      }
      default -> new BigInteger(row.getBinary(name, 0).getBytes()).longValueExact();
    };
  }

  private static Object text(Group row, String name) {
    return switch (name) {
      case "ul" -> Long.toUnsignedString(row.getLong(name, 0));
      case "wide" ->
          new BigDecimal(new BigInteger(row.getBinary(name, 0).getBytes()), 2)
              .stripTrailingZeros()
              .toPlainString();
      case "flag" -> String.valueOf(row.getBoolean(name, 0));
      case "s", "e", "raw", "must_s" ->
          new String(row.getBinary(name, 0).getBytes(), StandardCharsets.UTF_8);
      default -> number(row, name).toString();
    };
  }

  @Test
  void aListIsRefused() throws Exception {
    Path file = folder.resolve("list.parquet");
    MessageType schema =
        MessageTypeParser.parseMessageType("message row { repeated double numbers; }");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withType(schema)
            .withConf(new PlainParquetConfiguration())
            .build()) {
      writer.write(new SimpleGroup(schema).append("numbers", 1.0).append("numbers", 2.0));
    }
    try (RowGroupColumns columns = ReadCells.open(file)) {
      assertThatThrownBy(() -> columns.numbers("numbers")).hasMessage("numbers is a list");
    }
  }
}
