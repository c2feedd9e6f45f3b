package io.plumbline.drift;

import io.plumbline.drift.plan.ColumnType;
import io.plumbline.drift.plan.CommonType;
import io.plumbline.drift.plan.FoundType;
import io.plumbline.drift.plan.InputFiles.InputColumn;
import io.plumbline.drift.plan.PlannedFeature.Kind;
import io.plumbline.drift.plan.TypeDifference;
import io.plumbline.runtime.config.FeatureConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a column is compared, by the types that it has where it has values: a column without a value
 * is of no type, and of any.
 *
 * @param kind null: it is not compared
 * @param column of the type in which it is compared
 * @param types how the types of its files differ; null: they do not
 * @param leftOut why it is not compared; null: it is
 */
record ComparedColumn(Kind kind, InputColumn column, TypeDifference types, String leftOut) {

  /**
   * @param current null: there is no such column, or no other side
   * @param stored whether the reference is a profile
   * @param described the type that the config gives
   */
  static ComparedColumn of(
      InputColumn reference,
      InputColumn current,
      boolean stored,
      Optional<FeatureConfig.Type> described) {
    List<FoundType> ofReference = reference.found();
    List<FoundType> ofCurrent = current == null ? List.of() : current.found();
    Kind kind =
        described
            .map(type -> Kind.valueOf(type.name()))
            .orElseGet(() -> guessed(reference, current, ofReference, ofCurrent));
    if (kind == null) {
      ColumnType type =
          reference.hasValues() || current == null ? reference.type() : current.type();
      return leftOut(
          type.kind() == ColumnType.Kind.NONE
              ? "it has no value, and no type"
              : type + " is not compared");
    }
    if (described.isPresent() && !fits(kind, ofReference)) {
      return leftOut(
          "%s; the config expects it to be %s"
              .formatted(FoundType.words(ofReference), kind.text()));
    }
    Optional<ColumnType> one = common(kind, ofReference);
    List<FoundType> all = new ArrayList<>(ofReference);
    all.addAll(ofCurrent);
    Optional<ColumnType> common = common(kind, all);
    if (stored && one.isPresent() && !one.get().wide()) {
      common = common.map(ComparedColumn::keyed);
    }
    if (all.isEmpty()) {
      return new ComparedColumn(kind, reference.as(standing(kind, reference, current)), null, null);
    }
    if (common.isPresent()) {
      return new ComparedColumn(
          kind, reference.as(common.get()), converted(kind, common.get(), all), null);
    }
    return new ComparedColumn(
        kind,
        reference.as(one.orElseGet(() -> standing(kind, reference, current))),
        new TypeDifference(
            changed(kind, described.isPresent(), ofReference, ofCurrent),
            false,
            ofReference.isEmpty() || one.isPresent(),
            false),
        null);
  }

  /** Numbers that a profile may have in cells get no text: the nearest doubles are compared. */
  private static ColumnType keyed(ColumnType type) {
    return type.wide() ? ColumnType.of(ColumnType.Kind.DOUBLE, type.physical()) : type;
  }

  private static ComparedColumn leftOut(String reason) {
    return new ComparedColumn(null, null, null, reason);
  }

  /** By the first type that is compared: of the reference, else of the current side. */
  private static Kind guessed(
      InputColumn reference,
      InputColumn current,
      List<FoundType> ofReference,
      List<FoundType> ofCurrent) {
    List<FoundType> found = ofReference.isEmpty() ? ofCurrent : ofReference;
    for (FoundType one : found) {
      Kind kind = kind(one.type());
      if (kind != null) {
        return kind;
      }
    }
    if (!found.isEmpty()) {
      return null;
    }
    if (current == null && reference.type().kind() == ColumnType.Kind.NONE) {
      // That it is there is all that is known, and that it is not there later is a finding.
      return Kind.CATEGORICAL;
    }
    Kind declared = kind(reference.type());
    return declared == null && current != null ? kind(current.type()) : declared;
  }

  private static Kind kind(ColumnType type) {
    return switch (type.kind()) {
      case FLOAT, DOUBLE, INTEGER, DECIMAL, WIDE, UNSIGNED, MIXED -> Kind.NUMERIC;
      case STRING, BYTES, BOOLEAN -> Kind.CATEGORICAL;
      case LIST -> Kind.EMBEDDING;
      case DATE, TIMESTAMP, WIDE_TIMESTAMP, OTHER, NONE -> null;
    };
  }

  /** Whether a column of this type can be compared as this kind. */
  static boolean fits(Kind kind, ColumnType type) {
    return switch (kind) {
      case NUMERIC -> type.numeric() || type.temporal();
      case CATEGORICAL -> type.categorical();
      case EMBEDDING -> type.kind() == ColumnType.Kind.LIST;
      case MULTIVARIATE -> false;
    };
  }

  private static boolean fits(Kind kind, List<FoundType> found) {
    return found.stream().allMatch(one -> fits(kind, one.type()));
  }

  private static Optional<ColumnType> common(Kind kind, List<FoundType> found) {
    return fits(kind, found) ? CommonType.of(found) : Optional.empty();
  }

  /** The type in which nothing is read: a declared one where it fits. */
  private static ColumnType standing(Kind kind, InputColumn reference, InputColumn current) {
    if (fits(kind, reference.type())) {
      return reference.type();
    }
    if (current != null && fits(kind, current.type())) {
      return current.type();
    }
    return ColumnType.of(
        switch (kind) {
          case NUMERIC, MULTIVARIATE -> ColumnType.Kind.DOUBLE;
          case CATEGORICAL -> ColumnType.Kind.STRING;
          case EMBEDDING -> ColumnType.Kind.LIST;
        },
        reference.type().physical());
  }

  private static TypeDifference converted(Kind kind, ColumnType common, List<FoundType> all) {
    List<FoundType> different = distinct(all);
    if (different.size() == 1) {
      return null;
    }
    return new TypeDifference(
        "compared as %s: %s".formatted(as(kind, common, all), FoundType.words(different)),
        true,
        true,
        false);
  }

  /** The first of each type, as the file names it. */
  private static List<FoundType> distinct(List<FoundType> all) {
    List<FoundType> different = new ArrayList<>();
    for (FoundType one : all) {
      if (different.stream().noneMatch(d -> d.type().physical().equals(one.type().physical()))) {
        different.add(one);
      }
    }
    return different;
  }

  private static String as(Kind kind, ColumnType common, List<FoundType> all) {
    if (kind == Kind.CATEGORICAL) {
      return common.temporal() ? "days in UTC" : "text";
    }
    String rounded =
        all.stream().anyMatch(one -> one.type().decimal())
            ? ", each decimal as the nearest double"
            : common.floating() && !CommonType.of(all).equals(Optional.of(common))
                ? ", each number of the profile as the nearest double"
                : "";
    return switch (common.kind()) {
      case FLOAT, DOUBLE -> "doubles" + rounded;
      case INTEGER, UNSIGNED -> "integers";
      case DECIMAL, WIDE ->
          common.scale() == 0 ? "integers" : "decimals of scale " + common.scale();
      case MIXED -> "exact numbers, in memory for each distinct one" + rounded;
      case DATE, TIMESTAMP, WIDE_TIMESTAMP -> "seconds since 1970";
      case LIST -> "vectors of doubles";
      case STRING, BYTES, BOOLEAN, OTHER, NONE -> "text";
    };
  }

  private static String changed(
      Kind kind, boolean described, List<FoundType> ofReference, List<FoundType> ofCurrent) {
    String reference =
        ofReference.isEmpty() ? "no value in the reference" : FoundType.words(ofReference);
    String current = ofCurrent.isEmpty() ? "" : " against " + FoundType.words(ofCurrent);
    String config = described ? "; the config expects it to be " + kind.text() : "";
    return reference + current + config;
  }
}
