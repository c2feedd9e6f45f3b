package io.plumbline.cli.rows;

import io.plumbline.cli.TerminalText;
import java.util.List;
import java.util.function.IntPredicate;

/** Cells below each other. Columns never get narrower, so that what is printed later fits. */
public final class AlignedLines {
  private final int[] widths;
  private final IntPredicate isNumber;

  /**
   * @param isNumber whether a column's cells stand at its right
   */
  public AlignedLines(int columns, IntPredicate isNumber) {
    widths = new int[columns];
    this.isNumber = isNumber;
  }

  /** A line for each row. */
  public List<String> of(List<List<String>> rows) {
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], TerminalText.columns(row.get(i)));
      }
    }
    return rows.stream().map(this::line).toList();
  }

  private String line(List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = row.get(i);
      String space = " ".repeat(widths[i] - TerminalText.columns(cell));
      line.append(isNumber.test(i) ? space + cell : cell + space).append("  ");
    }
    return line.toString().stripTrailing();
  }
}
