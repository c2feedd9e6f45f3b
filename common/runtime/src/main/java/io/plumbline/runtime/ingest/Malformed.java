package io.plumbline.runtime.ingest;

/**
 * A record that cannot be read. The message says what was expected, what was found and where:
 * {@code expected a number, found "n/a" at /features/income}.
 */
public final class Malformed extends Exception {
  private static final long serialVersionUID = 1;
  private static final int MOST_SHOWN = 64;

  public Malformed(String reason) {
    // Hostile input comes in millions: a trace of each would cost more than reading it.
    super(reason, null, false, false);
  }

  /** Of a parser's message, which goes on with places that mean nothing to the reader. */
  public static String firstLine(String text) {
    return text == null ? "" : shown(text.lines().findFirst().orElse(""));
  }

  /** What was found, fit for a message: cut short, and without control characters. */
  public static String shown(String found) {
    String cut = found.length() > MOST_SHOWN ? found.substring(0, MOST_SHOWN) + "..." : found;
    return cut.replaceAll("\\p{Cntrl}", "\uFFFD");
  }
}
