package io.plumbline.drift.plan;

import java.io.Serializable;
import java.math.BigInteger;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * A type that a column has in at least one file in which it has values.
 *
 * @param file the first of them
 * @param greatest no integer of the column, and no unscaled value of a decimal or of a time's
 *     seconds, is further from 0; 0 for other types
 */
public record FoundType(ColumnType type, String file, BigInteger greatest) implements Serializable {

  /** The same type in two files. */
  FoundType and(FoundType other) {
    return new FoundType(type, file, greatest.max(other.greatest));
  }

  /** Which types are in which files, in words. */
  public static String words(Collection<FoundType> found) {
    return found.stream()
        .map(one -> "%s in %s".formatted(one.type, one.file))
        .collect(Collectors.joining(", "));
  }
}
