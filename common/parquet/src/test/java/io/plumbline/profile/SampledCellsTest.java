package io.plumbline.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.stats.Mergeable;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The samples of two features are of the same rows, however they were put together. */
class SampledCellsTest {
  /** Few hashes: rows of equal ids, which their places tell apart. */
  private static final int HASHES = 40;

  private record Row(long hash, long place, int number) {}

  private static List<Row> rows(Random random) {
    List<Row> rows = new ArrayList<>();
    for (int number = 0; number < 3000; number++) {
      rows.add(
          new Row(
              random.nextInt(HASHES) * 0x9E3779B97F4A7C15L - HASHES, random.nextLong(), number));
    }
    return rows;
  }

  private static void addNumber(SampledCells cells, Row row) {
    if (row.number % 7 == 0) {
      cells.addMissing(row.hash, row.place);
    } else {
      cells.add(row.hash, row.place, row.number);
    }
  }

  private static void addText(SampledCells cells, Row row) {
    if (row.number % 5 == 0) {
      cells.addMissing(row.hash, row.place);
    } else {
      cells.add(row.hash, row.place, ("ä" + row.number).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static SampledCells copy(Mergeable<SampledCells> cells) throws IOException {
    return SampledCells.readFrom(new DataInputStream(new ByteArrayInputStream(cells.written())));
  }

  @Test
  void whateverThePartsTheRowsAreTheSame() throws IOException {
    Random random = new Random(7);
    List<Row> rows = rows(random);
    for (int turn = 0; turn < 20; turn++) {
      Collections.shuffle(rows, random);
      SampledCells numbers = new SampledCells();
      SampledCells texts = new SampledCells();
      for (int from = 0; from < rows.size(); ) {
        int to = Math.min(rows.size(), from + 1 + random.nextInt(900));
        SampledCells some = new SampledCells();
        rows.subList(from, to).forEach(row -> addNumber(some, row));
        numbers.merge(copy(some));
        rows.subList(from, to).forEach(row -> addText(texts, row));
        from = to;
      }
      List<Row> lowest =
          rows.stream()
              .sorted(
                  (one, two) ->
                      one.hash == two.hash
                          ? Long.compareUnsigned(one.place, two.place)
                          : Long.compareUnsigned(one.hash, two.hash))
              .limit(SampledCells.ROWS)
              .toList();
      assertSame(copy(numbers).rows(), copy(texts).rows(), lowest);
    }
  }

  private static void assertSame(
      List<SampledRow> numbers, List<SampledRow> texts, List<Row> expected) {
    assertThat(numbers).hasSameSizeAs(expected);
    assertThat(texts).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      Row row = expected.get(i);
      assertThat(numbers.get(i).hash()).isEqualTo(row.hash).isEqualTo(texts.get(i).hash());
      assertThat(numbers.get(i).place()).isEqualTo(row.place).isEqualTo(texts.get(i).place());
      assertThat(numbers.get(i).values())
          .isEqualTo(row.number % 7 == 0 ? null : new double[] {row.number});
      assertThat(texts.get(i).text()).isEqualTo(row.number % 5 == 0 ? null : "ä" + row.number);
    }
  }
}
