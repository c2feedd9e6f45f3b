package io.plumbline.cli.rows;

import java.time.Instant;
import java.util.List;

/**
 * Rows as cells for people.
 *
 * @param <R> the row
 */
public interface RowTable<R> {
  /** The names of the columns. */
  List<String> heads();

  /** Whether a column is of numbers, which stand at its right. */
  boolean isNumber(int column);

  /** What it shows of a row. */
  List<String> cells(R row, Instant now);

  /** The same without what grows by itself. */
  List<String> look(R row);
}
