package io.plumbline.cli.rows;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Shows rows as it is asked for.
 *
 * @param <R> the row
 */
public final class RowOutput<R> {
  private static final String CLEAR = "\u001b[H\u001b[2J";

  private final RowOptions options;
  private final RowTable<R> table;
  private final Function<R, String> json;
  private final AlignedLines lines;
  private final ChangedRows<R> changed;

  /**
   * @param json a row as one line for machines
   * @param place what a row is about
   */
  public RowOutput(
      RowOptions options, RowTable<R> table, Function<R, String> json, Function<R, ?> place) {
    this.options = options;
    this.table = table;
    this.json = json;
    lines = new AlignedLines(table.heads().size(), table::isNumber);
    changed = new ChangedRows<>(place, options.json() ? json : table::look);
  }

  /**
   * Shows the rows of one look.
   *
   * @param summary the line below a table
   */
  public void show(List<R> rows, String summary, Instant now, PrintWriter out) {
    if (options.json()) {
      (options.watch() ? changed.among(rows) : rows).forEach(row -> out.println(json.apply(row)));
    } else if (options.watch() && !Boolean.getBoolean("plumbline.terminal.out")) {
      print(changed.among(rows), List.of(), now, out);
    } else {
      out.print(options.watch() ? CLEAR : "");
      print(rows, List.of(table.heads()), now, out);
      out.println();
      out.println(summary);
    }
    out.flush();
  }

  private void print(List<R> rows, List<List<String>> before, Instant now, PrintWriter out) {
    List<List<String>> cells = new ArrayList<>(before);
    rows.forEach(row -> cells.add(table.cells(row, now)));
    lines.of(cells).forEach(out::println);
  }
}
