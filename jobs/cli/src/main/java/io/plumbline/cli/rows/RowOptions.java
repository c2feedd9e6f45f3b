package io.plumbline.cli.rows;

import io.plumbline.cli.Interruption;
import java.io.PrintWriter;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How rows are shown: once or again and again, for people or for machines. */
public final class RowOptions {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

  @Option(
      names = "--watch",
      description = {
        "Look again every 2 s until interrupted. Where stdout is no terminal, only rows that have"
            + " changed are printed."
      })
  private boolean watch;

  @Option(names = "--json", description = "One JSON object a line instead of a table.")
  private boolean json;

  boolean watch() {
    return watch;
  }

  boolean json() {
    return json;
  }

  /**
   * Looks once, or until interrupted or nobody reads any more.
   *
   * @param out where a look is shown
   */
  public void run(Runnable look, PrintWriter out) {
    if (!watch) {
      look.run();
      return;
    }
    try (Interruption interruption = Interruption.watch()) {
      do {
        look.run();
        // Whoever read the rows may have gone.
      } while (!out.checkError() && !interruption.askedWithin(BETWEEN_LOOKS));
      interruption.endedWell();
    }
  }
}
