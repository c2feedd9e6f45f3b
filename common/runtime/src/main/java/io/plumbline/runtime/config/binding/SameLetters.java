package io.plumbline.runtime.config.binding;

import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Names that a person reads as one and a program does not. */
public final class SameLetters {
  private SameLetters() {}

  /**
   * Finds a known name that differs from one in upper and lower case only, or in how Unicode writes
   * the same letters, and says which.
   *
   * @return for example {@code Amount, which differs in case}
   */
  public static Optional<String> told(String name, Collection<String> known) {
    String composed = composed(name);
    String folded = folded(composed);
    Optional<String> sameForm =
        known.stream().filter(k -> !k.equals(name) && composed(k).equals(composed)).findFirst();
    return sameForm
        .map(k -> k + ", which writes the same letters in another Unicode form")
        .or(
            () ->
                known.stream()
                    .filter(k -> !k.equals(name) && folded(composed(k)).equals(folded))
                    .findFirst()
                    .map(k -> k + ", which differs in case"));
  }

  private static String composed(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  private static String folded(String name) {
    return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}
