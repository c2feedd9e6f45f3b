package io.plumbline.runtime.control;

import io.plumbline.runtime.config.WrittenDocument;
import io.plumbline.runtime.config.binding.ConfigWriter;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What somebody wants to be so.
 *
 * @param spec of the type of its kind; null: what was said before is taken back
 */
public record ControlDocument(ControlKind kind, String name, Record spec) {
  /** The longest name and the longest author, in characters. */
  private static final int LONGEST_NAME = 256;

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  /** The key of its record. */
  public String key() {
    return key(kind, name);
  }

  static String key(ControlKind kind, String name) {
    return kind.key() + "/" + name;
  }

  /** The spec as the topic holds it. */
  String json() {
    return ConfigWriter.json(spec);
  }

  /** What is wrong with a name, or with an author; empty: nothing. */
  public static Optional<String> problem(String name) {
    if (name.isBlank()) {
      return Optional.of("expected a name, found none");
    }
    if (name.length() > LONGEST_NAME) {
      return Optional.of(
          "expected at most %d characters, found %d".formatted(LONGEST_NAME, name.length()));
    }
    return CONTROL.matcher(name).find()
        ? Optional.of("expected no control characters, found one")
        : Optional.empty();
  }

  /**
   * Binds what was written; of use only if that turns out to have no problem. Empty if it does not
   * say what it is about.
   */
  static Optional<ControlDocument> of(WrittenDocument written) {
    if (written.kind() == null || written.name() == null) {
      return Optional.empty();
    }
    problem(written.name()).ifPresent(wrong -> written.problem("name", wrong));
    Optional<ControlKind> kind = ControlKind.of(written.kind());
    if (kind.isEmpty()) {
      written.problem("kind", ControlKind.expected(written.kind()));
    }
    return kind.map(known -> new ControlDocument(known, written.name(), spec(known, written)));
  }

  private static Record spec(ControlKind kind, WrittenDocument written) {
    Record spec = written.spec(kind.type());
    String own = spec == null ? null : kind.ownName(spec);
    if (own != null && !own.equals(written.name())) {
      written.problem(
          "name", "expected %s, as the spec says, found %s".formatted(own, written.name()));
    }
    return spec;
  }
}
