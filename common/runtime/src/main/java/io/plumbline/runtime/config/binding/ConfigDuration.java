package io.plumbline.runtime.config.binding;

import io.plumbline.events.Series;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as the config writes them: {@code 500ms 10s 5m 2h 30d}. */
public final class ConfigDuration {
  /** The form, as Java and as a JSON Schema write it. */
  static final String FORM_TEXT = "([0-9]{1,9})(ms|s|m|h|d)";

  private static final Pattern FORM = Pattern.compile(FORM_TEXT);
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private ConfigDuration() {}

  /** Empty if the text is no duration. */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(UNITS.get(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1))))
        : Optional.empty();
  }

  /** In the largest unit that gives a whole number, so that {@link #parse} reads it back. */
  public static String format(Duration duration) {
    return Series.length(duration);
  }
}
