package io.plumbline.drift;

import io.plumbline.drift.plan.ColumnType;
import io.plumbline.drift.plan.DriftPlan.LeftOut;
import io.plumbline.drift.plan.InputFiles;
import io.plumbline.drift.plan.InputFiles.InputColumn;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.plan.PlannedFeature.Kind;
import io.plumbline.drift.plan.Segments;
import io.plumbline.runtime.config.DriftConfig;
import io.plumbline.runtime.config.FeatureConfig;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.input.BadInput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Which columns of an input become which features. */
final class FeaturePlanner {
  static final String MULTIVARIATE = "__multivariate__:";

  private final PlumblineConfig config;
  private final Map<String, FeatureConfig> featuresByName;
  private final DriftConfig rules;
  private final InputFiles reference;
  private final Predicate<String> selected;
  private final Set<String> named;
  private final Segments segments;
  private final List<PlannedFeature> features = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();

  /**
   * @param reference has the columns
   * @param selected whether a column or a multivariate feature of this name is wanted
   * @param namedByOptions columns that an option asks for by name
   */
  FeaturePlanner(
      PlumblineConfig config,
      DriftConfig rules,
      InputFiles reference,
      Predicate<String> selected,
      Collection<String> namedByOptions,
      Segments segments) {
    this.config = config;
    this.rules = rules;
    this.reference = reference;
    this.selected = selected;
    this.segments = segments;
    featuresByName = config.featuresByName();
    named = new HashSet<>(namedByOptions);
    named.addAll(featuresByName.keySet());
    config.models().forEach(model -> named.addAll(model.features()));
    rules.multivariate().forEach(several -> named.addAll(several.features()));
  }

  /** What has been planned so far. */
  List<PlannedFeature> features() {
    return List.copyOf(features);
  }

  /** Columns that are no features. */
  List<LeftOut> leftOut() {
    return List.copyOf(leftOut);
  }

  /**
   * Plans all columns, and what the config puts together of them.
   *
   * @param inCurrent whether the other side has a column too
   */
  void plan(Predicate<String> inCurrent) {
    for (InputColumn column : reference.columns().values()) {
      plan(column, inCurrent.test(column.name()));
    }
    for (DriftConfig.Multivariate several : rules.multivariate()) {
      plan(several, inCurrent);
    }
  }

  void leaveOut(String column, String reason) {
    leftOut.add(new LeftOut(column, reason));
  }

  private void plan(InputColumn column, boolean inCurrent) {
    if (!selected.test(column.name())) {
      return;
    }
    if (column.name().isEmpty()) {
      leaveOut("", "it has no name, as results of the whole data set have none");
      return;
    }
    if (column.name().startsWith(MULTIVARIATE)) {
      leaveOut(
          column.name(), "its name begins with " + MULTIVARIATE + ", as those of combinations do");
      return;
    }
    Optional<FeatureConfig> described = Optional.ofNullable(featuresByName.get(column.name()));
    FeatureConfig.Role role = described.map(FeatureConfig::role).orElse(FeatureConfig.Role.FEATURE);
    if (role == FeatureConfig.Role.ID || role == FeatureConfig.Role.TIME) {
      leaveOut(column.name(), "its role is " + role.name().toLowerCase(Locale.ROOT));
      return;
    }
    Kind kind = kind(column, described);
    if (kind == null) {
      leaveOut(column.name(), column.type() + " is not compared");
      return;
    }
    features.add(
        new PlannedFeature(
            column.name(),
            features.size(),
            kind,
            column,
            inCurrent,
            named.contains(column.name()),
            role.name().toLowerCase(Locale.ROOT),
            described.map(FeatureConfig::importance).orElse(null),
            bins(described),
            List.of(),
            inCurrent && segments.size() > 1));
  }

  private int bins(Optional<FeatureConfig> described) {
    return described
        .map(FeatureConfig::drift)
        .map(FeatureConfig.FeatureDrift::bins)
        .orElse(rules.bins());
  }

  /** Null: the column is of no kind that is compared. */
  private static Kind kind(InputColumn column, Optional<FeatureConfig> described) {
    ColumnType type = column.type();
    if (described.isEmpty()) {
      return switch (type.kind()) {
        case FLOAT, DOUBLE, INTEGER, DECIMAL, WIDE -> Kind.NUMERIC;
        case STRING, BOOLEAN -> Kind.CATEGORICAL;
        case LIST -> Kind.EMBEDDING;
        case OTHER -> null;
      };
    }
    boolean fits =
        switch (described.get().type()) {
          case NUMERIC -> type.numeric();
          case CATEGORICAL -> type.nameable();
          case EMBEDDING -> type.kind() == ColumnType.Kind.LIST;
        };
    if (!fits) {
      throw new BadInput(
          "%s: column %s is %s; the config expects it to be %s"
              .formatted(
                  column.firstFile(),
                  column.name(),
                  type,
                  described.get().type().name().toLowerCase(Locale.ROOT)));
    }
    return Kind.valueOf(described.get().type().name());
  }

  private void plan(DriftConfig.Multivariate several, Predicate<String> inCurrent) {
    String name = MULTIVARIATE + several.name();
    if (!selected.test(name)) {
      return;
    }
    List<InputColumn> members = new ArrayList<>();
    for (String member : several.features()) {
      InputColumn column = reference.columns().get(member);
      if (column == null) {
        throw noColumn(
            "drift.multivariate." + several.name(),
            member,
            reference.uri(),
            reference.columns().keySet());
      }
      if (!column.type().numeric() || column.type().kind() == ColumnType.Kind.WIDE) {
        throw new BadInput(
            "drift.multivariate.%s: column %s is %s; expected numbers of at most 64 bits"
                .formatted(several.name(), member, column.type()));
      }
      if (!inCurrent.test(member)) {
        leaveOut(name, "only the reference has " + member);
        return;
      }
      members.add(column);
    }
    features.add(
        new PlannedFeature(
            name,
            features.size(),
            Kind.MULTIVARIATE,
            null,
            true,
            true,
            "feature",
            null,
            rules.bins(),
            members,
            several.segments() && segments.size() > 1));
  }

  /** The column whose values choose the rows of samples; null: none is described as that. */
  String idColumn() {
    return config.features().stream()
        .filter(f -> f.role() == FeatureConfig.Role.ID)
        .map(FeatureConfig::name)
        .filter(name -> reference.columns().containsKey(name))
        .filter(name -> reference.columns().get(name).type().nameable())
        .findFirst()
        .orElse(null);
  }

  static void requireColumn(
      String option, String name, InputFiles input, Collection<String> known) {
    if (!input.columns().containsKey(name)) {
      throw noColumn(option, name, input.uri(), known);
    }
  }

  static BadInput noColumn(String option, String name, String uri, Collection<String> known) {
    return ColumnName.unknown(option, name, uri, known);
  }
}
