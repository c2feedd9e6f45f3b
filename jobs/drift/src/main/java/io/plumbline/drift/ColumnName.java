package io.plumbline.drift;

import io.plumbline.runtime.config.binding.NearestName;
import io.plumbline.runtime.config.binding.SameLetters;
import io.plumbline.runtime.input.BadInput;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;

/**
 * A name in an option that takes several, with commas between them. One that has a comma itself
 * stands in double quotes.
 */
public final class ColumnName implements ITypeConverter<String> {
  private static final String QUOTE = "\"";
  private static final String COMMA = ",";
  private static final String OTHER_SEPARATORS = "[\\s,;|]+";

  @Override
  public String convert(String given) {
    boolean quoted =
        given.length() > 2
            && given.startsWith(QUOTE)
            && given.endsWith(QUOTE)
            && given.contains(COMMA);
    return quoted ? given.substring(1, given.length() - 1) : given;
  }

  /** That an option names a column which is not there, with what was probably meant. */
  static BadInput unknown(String option, String name, String uri, Collection<String> known) {
    if (name.isBlank()) {
      return new BadInput("%s: expected names of columns, found '%s'".formatted(option, name));
    }
    List<String> others = known.stream().filter(k -> !k.equals(name)).toList();
    String shown = name.equals(name.strip()) ? name : "'" + name + "'";
    return new BadInput(
        "%s: %s has no column %s%s".formatted(option, uri, shown, hint(name, others)));
  }

  private static String hint(String name, Collection<String> known) {
    return withComma(name, known)
        .or(() -> several(name, known))
        .or(() -> SameLetters.told(name, known).map(k -> "; did you mean " + k + "?"))
        .orElseGet(() -> NearestName.hint(name, known));
  }

  private static Optional<String> withComma(String name, Collection<String> known) {
    return known.stream()
        .filter(k -> k.contains(COMMA) && Arrays.asList(k.split(COMMA)).contains(name))
        .findFirst()
        .map(k -> "; a name that has a comma stands in double quotes: '\"" + k + "\"'");
  }

  private static Optional<String> several(String name, Collection<String> known) {
    List<String> parts = Arrays.asList(name.strip().split(OTHER_SEPARATORS));
    return parts.size() > 1 && known.containsAll(parts)
        ? Optional.of("; for several columns write " + String.join(COMMA, parts))
        : Optional.empty();
  }
}
