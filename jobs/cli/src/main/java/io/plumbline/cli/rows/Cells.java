package io.plumbline.cli.rows;

import io.plumbline.cli.TerminalText;
import io.plumbline.runtime.expectation.Quantities;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What stands in cells. */
public final class Cells {
  /** Of what is not known. */
  public static final String NOTHING = "-";

  private Cells() {}

  /** A name from data, cut to at most so many columns. */
  public static String shown(String text, int most) {
    return text == null || text.isEmpty()
        ? NOTHING
        : TerminalText.shortened(TerminalText.plain(text), most);
  }

  /** A length of time. */
  public static String age(Double seconds) {
    return seconds == null ? NOTHING : Quantities.length(Duration.ofSeconds(Math.round(seconds)));
  }

  /** How long ago a time is. */
  public static String ago(Instant at, Instant now) {
    return age(Math.max(0, Duration.between(at, now).toMillis() / 1000.0)) + " ago";
  }

  /** A number of rows. */
  public static String count(Long rows) {
    return rows == null ? NOTHING : String.format(Locale.ROOT, "%,d", rows);
  }
}
