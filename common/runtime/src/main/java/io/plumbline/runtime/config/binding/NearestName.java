package io.plumbline.runtime.config.binding;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The known name that a mistyped one was probably meant to be. */
public final class NearestName {
  /** A name that is longer is nobody's slip of the finger, and would take long to compare. */
  private static final int LONGEST = 200;

  private NearestName() {}

  /** The nearest of the known names, if it is near enough to be worth a hint. */
  public static Optional<String> of(String name, Collection<String> known) {
    if (name.length() > LONGEST) {
      return Optional.empty();
    }
    return known.stream()
        .filter(k -> k.length() <= LONGEST)
        .min(Comparator.comparingInt((String k) -> distance(name, k)).thenComparing(k -> k))
        .filter(k -> distance(name, k) <= Math.max(2, Math.max(name.length(), k.length()) / 3));
  }

  /** {@code ; did you mean X?}, or nothing. */
  public static String hint(String name, Collection<String> known) {
    return of(name, known).map(k -> "; did you mean " + k + "?").orElse("");
  }

  private static int distance(String a, String b) {
    return LevenshteinDistance.getDefaultInstance().apply(a, b);
  }
}
