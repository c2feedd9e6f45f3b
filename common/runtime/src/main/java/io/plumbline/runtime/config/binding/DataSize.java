package io.plumbline.runtime.config.binding;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, as the config writes it: {@code 512B 64KiB 1MiB 2GiB}. */
public record DataSize(long bytes) implements Serializable {
  /** The form, as Java and as a JSON Schema write it. */
  static final String FORM_TEXT = "([0-9]{1,9})(B|KiB|MiB|GiB)";

  private static final Pattern FORM = Pattern.compile(FORM_TEXT);
  private static final Map<String, Integer> SHIFTS =
      Map.of("B", 0, "KiB", 10, "MiB", 20, "GiB", 30);

  /** Empty if the text is no size. */
  public static Optional<DataSize> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new DataSize(Long.parseLong(matcher.group(1)) << SHIFTS.get(matcher.group(2))))
        : Optional.empty();
  }

  /** In the largest unit that gives a whole number, so that {@link #parse} reads it back. */
  @Override
  public String toString() {
    for (String unit : List.of("GiB", "MiB", "KiB")) {
      int shift = SHIFTS.get(unit);
      if (bytes != 0 && bytes >> shift << shift == bytes) {
        return (bytes >> shift) + unit;
      }
    }
    return bytes + "B";
  }
}
