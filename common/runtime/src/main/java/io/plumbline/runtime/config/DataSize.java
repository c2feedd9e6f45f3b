package io.plumbline.runtime.config;

import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, as the config writes it: {@code 512B 64KiB 1MiB 2GiB}. */
public record DataSize(long bytes) implements Serializable {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(B|KiB|MiB|GiB)");
  private static final Map<String, Integer> SHIFTS =
      Map.of("B", 0, "KiB", 10, "MiB", 20, "GiB", 30);

  static Optional<DataSize> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new DataSize(Long.parseLong(matcher.group(1)) << SHIFTS.get(matcher.group(2))))
        : Optional.empty();
  }
}
