package io.plumbline.cli.rows;

import java.io.PrintWriter;

/** Records that are not what they should be, of which is warned when there are more. */
public final class LeftOut {
  private final String expected;
  private long records;
  private long warnedOf;

  /**
   * @param expected what each record should be
   */
  public LeftOut(String expected) {
    this.expected = expected;
  }

  /** Counts one. */
  public void add() {
    records++;
  }

  /** Warns if there are more than at the last warning. */
  public void warn(PrintWriter err) {
    if (records > warnedOf) {
      warnedOf = records;
      err.printf("warning: left out what is no %s, records: %d%n", expected, records);
      err.flush();
    }
  }
}
