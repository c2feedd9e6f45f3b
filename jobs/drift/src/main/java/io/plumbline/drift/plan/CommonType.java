package io.plumbline.drift.plan;

import io.plumbline.drift.plan.ColumnType.Kind;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The type in which values of several types are compared, if each converts to it without loss.
 *
 * <ul>
 *   <li>Integers and decimals become decimals of the greatest scale.
 *   <li>Floating-point numbers of all widths become doubles, and so do integers up to 2^53 beside
 *       them. Greater ones would run together: these are compared value by value, as text, which
 *       takes memory for each distinct one.
 *   <li>Decimals beside floating-point numbers become the nearest double: what a writer does that
 *       has no decimals.
 *   <li>Bytes beside text are text.
 *   <li>Dates and timestamps of all units become the seconds since 1970, in the finest unit.
 * </ul>
 */
public final class CommonType {
  private static final BigInteger EXACT_IN_DOUBLE = BigInteger.ONE.shiftLeft(53);
  private static final BigInteger GREATEST_LONG = BigInteger.valueOf(Long.MAX_VALUE);
  private static final int MOST_SCALE_OF_A_LONG = 18;

  private CommonType() {}

  /** Empty: there is none, or there are no types. */
  public static Optional<ColumnType> of(Collection<FoundType> found) {
    List<ColumnType> types = found.stream().map(FoundType::type).toList();
    if (types.isEmpty()) {
      return Optional.empty();
    }
    ColumnType first = types.get(0);
    if (types.stream()
        .allMatch(type -> type.kind() == first.kind() && type.scale() == first.scale())) {
      return Optional.of(new ColumnType(first.kind(), first.scale(), names(types)));
    }
    if (types.stream().allMatch(ColumnType::textual)) {
      return Optional.of(ColumnType.of(Kind.BYTES, names(types)));
    }
    if (types.stream().allMatch(ColumnType::temporal)) {
      return Optional.of(time(found, types));
    }
    return types.stream().allMatch(ColumnType::numeric)
        ? Optional.of(number(found, types))
        : Optional.empty();
  }

  private static String names(Collection<ColumnType> types) {
    return types.stream().map(ColumnType::physical).distinct().collect(Collectors.joining(" and "));
  }

  private static ColumnType number(Collection<FoundType> found, List<ColumnType> types) {
    boolean mixed = types.stream().anyMatch(type -> type.kind() == Kind.MIXED);
    if (mixed || types.stream().anyMatch(ColumnType::floating)) {
      boolean exact =
          !mixed
              && found.stream()
                  .filter(one -> one.type().integral())
                  .allMatch(one -> one.greatest().compareTo(EXACT_IN_DOUBLE) <= 0);
      return ColumnType.of(exact ? Kind.DOUBLE : Kind.MIXED, names(types));
    }
    int scale = greatestScale(types);
    if (scale > MOST_SCALE_OF_A_LONG || !fitLong(found, scale)) {
      return new ColumnType(Kind.WIDE, scale, names(types));
    }
    return new ColumnType(scale == 0 ? Kind.INTEGER : Kind.DECIMAL, scale, names(types));
  }

  private static ColumnType time(Collection<FoundType> found, List<ColumnType> types) {
    int scale = greatestScale(types);
    return new ColumnType(
        fitLong(found, scale) ? Kind.TIMESTAMP : Kind.WIDE_TIMESTAMP, scale, names(types));
  }

  private static int greatestScale(Collection<ColumnType> types) {
    return types.stream().mapToInt(ColumnType::scale).max().orElseThrow();
  }

  private static boolean fitLong(Collection<FoundType> found, int scale) {
    return greatest(found, scale).compareTo(GREATEST_LONG) <= 0;
  }

  /** The greatest unscaled value of a column in decimals of a greater scale. */
  private static BigInteger scaled(FoundType one, int scale) {
    return one.greatest().multiply(BigInteger.TEN.pow(scale - one.type().scale()));
  }

  /** The greatest unscaled value of all in decimals of this scale. */
  public static BigInteger greatest(Collection<FoundType> found, int scale) {
    return found.stream()
        .filter(one -> one.type().scale() <= scale)
        .map(one -> scaled(one, scale))
        .max(Comparator.naturalOrder())
        .orElse(BigInteger.ZERO);
  }
}
