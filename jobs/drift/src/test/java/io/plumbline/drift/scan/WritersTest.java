package io.plumbline.drift.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files that pyarrow and DuckDB wrote ({@code src/test/oracle/parquet_files.py}): the cells are
 * formulas of the row's number, so that no reader of ours says what is right.
 */
class WritersTest {
  private static final int ROWS = 450;

  @ParameterizedTest
  @CsvSource({
    "pyarrow-plain-snappy, ul wide flag",
    "pyarrow-dictionary-zstd, ul wide flag",
    "pyarrow-v2-pages-gzip, ul wide flag dec",
    "pyarrow-v2-pages-uncompressed, ul wide flag",
    "pyarrow-brotli, ul wide flag",
    "pyarrow-old-lz4, ul wide flag dec",
    "pyarrow-encodings-zstd, d f few i l u ul dec wide s k flag",
    "duckdb-v1-snappy, ul wide flag",
    "duckdb-v1-uncompressed, ul wide flag",
    "duckdb-v1-gzip, ul wide flag",
    "duckdb-v1-lz4, ul wide flag",
    "duckdb-v2-zstd, d f i l u ul dec wide s flag none",
  })
  void cellsAreThoseOfTheFormulas(String name, String notByPage) throws Exception {
    Path file = Path.of(WritersTest.class.getResource(name + ".parquet").toURI());
    Set<String> read = new HashSet<>();
    try (RowGroupColumns columns = ReadCells.open(file)) {
      Column[] numbers = {
        new Column("d", i -> i % 9 == 8 ? null : special(i)),
        new Column("f", i -> i % 5 == 0 ? null : i * 0.25),
        new Column("few", i -> i % 10 == 3 ? null : i % 5 / 4.0),
        new Column("i", i -> i * 4_000_000L - 1_000_000_000),
        new Column("l", i -> i / 50 % 2 == 1 ? null : (1L << 53) + 1 + i),
        new Column("u", i -> i % 2 == 0 ? null : (1L << 32) - 1 - i),
        new Column("dec", i -> i < 60 ? null : i * 101L - 5000),
        new Column("none", i -> null),
      };
      for (Column column : numbers) {
        assertThat(ReadCells.numbers(columns, column.name))
            .as(column.name)
            .isEqualTo(column.cells());
        if (columns.numbers(column.name).decoder() == CellBatches.Decoder.READER) {
          read.add(column.name);
        }
      }
      BigInteger unsigned = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
      BigInteger wide = BigInteger.TEN.pow(30);
      Column[] texts = {
        new Column("i", i -> String.valueOf(i * 4_000_000L - 1_000_000_000)),
        new Column("l", i -> i / 50 % 2 == 1 ? null : String.valueOf((1L << 53) + 1 + i)),
        new Column("u", i -> i % 2 == 0 ? null : String.valueOf((1L << 32) - 1 - i)),
        new Column(
            "ul", i -> i % 4 == 0 ? null : unsigned.subtract(BigInteger.valueOf(i % 40)) + ""),
        new Column("wide", i -> i % 6 == 1 ? null : plain(wide.add(BigInteger.valueOf(i % 7)))),
        new Column("s", i -> i % 11 == 0 ? null : "näme-" + i),
        new Column("k", i -> i > 400 ? null : "k" + i * i % 13),
        new Column("flag", i -> i % 7 == 0 ? null : i % 3 == 0 ? "true" : "false"),
      };
      for (Column column : texts) {
        assertThat(ReadCells.texts(columns, column.name)).as(column.name).isEqualTo(column.cells());
        if (columns.texts(column.name).decoder() == CellBatches.Decoder.READER) {
          read.add(column.name);
        }
      }
    }
    assertThat(read).containsExactlyInAnyOrder(notByPage.split(" "));
  }

  @Test
  void aRowGroupWithoutRowsHasNoCells() throws Exception {
    Path file = Path.of(WritersTest.class.getResource("pyarrow-empty.parquet").toURI());
    try (RowGroupColumns columns = ReadCells.open(file)) {
      assertThat(columns.rows()).isZero();
      assertThat(columns.has("d")).isFalse();
    }
  }

  private static double special(int i) {
    return switch (i % 100) {
      case 1 -> Double.NaN;
      case 2 -> Double.POSITIVE_INFINITY;
      case 3 -> Double.NEGATIVE_INFINITY;
      case 4 -> -0.0;
      case 5 -> Double.MIN_VALUE;
      default -> i / 7.0;
    };
  }

  private record Column(String name, IntFunction<Object> cell) {
    List<Object> cells() {
      return Arrays.asList(IntStream.range(0, ROWS).mapToObj(cell).toArray());
    }
  }

  /** A decimal of scale 2 as text. */
  private static String plain(BigInteger unscaled) {
    return new BigDecimal(unscaled, 2).stripTrailingZeros().toPlainString();
  }
}
