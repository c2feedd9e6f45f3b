package io.plumbline.drift;

import io.plumbline.drift.plan.ColumnOrigin;
import io.plumbline.drift.plan.ColumnType;
import io.plumbline.drift.plan.DriftPlan.LeftOut;
import io.plumbline.drift.plan.FoundType;
import io.plumbline.drift.plan.InputFiles;
import io.plumbline.drift.plan.InputFiles.InputColumn;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.plan.PlannedFeature.Kind;
import io.plumbline.drift.plan.Segments;
import io.plumbline.drift.plan.TypeDifference;
import io.plumbline.runtime.config.DriftConfig;
import io.plumbline.runtime.config.FeatureConfig;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.config.binding.SameLetters;
import io.plumbline.runtime.input.BadInput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which columns of an input become which features. */
final class FeaturePlanner {
  static final String MULTIVARIATE = "__multivariate__:";

  private final PlumblineConfig config;
  private final Map<String, FeatureConfig> featuresByName;
  private final DriftConfig rules;
  private final InputFiles reference;
  private final Predicate<String> selected;
  private final Set<String> named;
  private final Set<String> asked;
  private final Segments segments;
  private final List<PlannedFeature> features = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();

  /**
   * @param reference has the columns
   * @param selected whether a column or a multivariate feature of this name is wanted
   * @param namedByOptions columns that an option asks for by name
   * @param segmentColumns those by which rows are segmented
   */
  FeaturePlanner(
      PlumblineConfig config,
      DriftConfig rules,
      InputFiles reference,
      Predicate<String> selected,
      Collection<String> namedByOptions,
      Collection<String> segmentColumns,
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
    asked = new HashSet<>(named);
    asked.addAll(segmentColumns);
  }

  /** The columns that are numeric by the config. */
  static Set<String> numericBy(PlumblineConfig config) {
    return config.features().stream()
        .filter(feature -> feature.type() == FeatureConfig.Type.NUMERIC)
        .map(FeatureConfig::name)
        .collect(Collectors.toSet());
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
   * @param current the other side; null: there is none
   */
  void plan(InputFiles current) {
    for (InputColumn column : reference.columns().values()) {
      if (selected.test(column.name())) {
        plan(column, current);
      }
    }
    for (DriftConfig.Multivariate several : rules.multivariate()) {
      plan(several, current);
    }
    leaveOutMisspelt(current);
  }

  /**
   * Plans a column that is not selected, but by which rows are segmented, if its values are gone
   * from the current side or have no names there: nothing else would tell it.
   */
  void planSegmentColumn(String name, InputFiles current) {
    InputColumn column = reference.columns().get(name);
    if (column == null || features.stream().anyMatch(f -> f.name().equals(name))) {
      return;
    }
    InputColumn other = current.columns().get(name);
    boolean named =
        other != null
            && (other.hasValues() || !column.hasValues())
            && other.found().stream().allMatch(found -> found.type().categorical());
    if (!named) {
      compare(column, current, Optional.empty());
    }
  }

  void leaveOut(String column, String reason) {
    leftOut.add(new LeftOut(column, reason));
  }

  private void plan(InputColumn column, InputFiles current) {
    leaveOutSecond(column, current);
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
    if (column.origin() != ColumnOrigin.FILES && !asked.contains(column.name())) {
      leaveOut(column.name(), unasked(column));
      return;
    }
    compare(column, current, described);
  }

  private static String unasked(InputColumn column) {
    return "it is %s; to use it, name it in --features, --segment-by or the config"
        .formatted(column.origin().where());
  }

  private void leaveOutSecond(InputColumn column, InputFiles current) {
    InputColumn other = current == null ? null : current.columns().get(column.name());
    String files =
        Stream.of(column, other == null ? column : other)
            .map(InputColumn::secondIn)
            .filter(Objects::nonNull)
            .distinct()
            .collect(Collectors.joining(" and "));
    if (!files.isEmpty()) {
      leaveOut(column.name(), "the second column of this name in %s is not read".formatted(files));
    }
  }

  /** What the config says of a column has no effect where the files spell its name otherwise. */
  private void leaveOutMisspelt(InputFiles current) {
    Set<String> columns = new LinkedHashSet<>(reference.columns().keySet());
    if (current != null) {
      columns.addAll(current.columns().keySet());
    }
    List<String> others = columns.stream().filter(name -> !named.contains(name)).toList();
    for (String name : new TreeSet<>(named)) {
      if (!columns.contains(name) && selected.test(name)) {
        SameLetters.told(name, others)
            .ifPresent(
                alike ->
                    leaveOut(
                        name,
                        "the config names it, and no file has it; did you mean %s?"
                            .formatted(alike)));
      }
    }
  }

  private void compare(InputColumn column, InputFiles current, Optional<FeatureConfig> described) {
    InputColumn other = current == null ? null : current.columns().get(column.name());
    boolean vanished = current != null && other == null;
    ComparedColumn compared =
        ComparedColumn.of(
            column, other, reference.profile() != null, described.map(FeatureConfig::type));
    if (compared.leftOut() != null && !goneFrom(current, column)) {
      leaveOut(column.name(), compared.leftOut());
      return;
    }
    TypeDifference types = compared.types();
    if (current == null && types != null && !types.converts()) {
      leaveOut(column.name(), "its files differ in type: " + types.words());
      return;
    }
    boolean read = !vanished && (types == null || types.converts());
    PlannedFeature feature =
        new PlannedFeature(
            column.name(),
            features.size(),
            compared.kind(),
            compared.column(),
            !vanished,
            named.contains(column.name()),
            described
                .map(FeatureConfig::role)
                .orElse(FeatureConfig.Role.FEATURE)
                .name()
                .toLowerCase(Locale.ROOT),
            described.map(FeatureConfig::importance).orElse(null),
            bins(described),
            List.of(),
            read && segments.size() > 1,
            types);
    features.add(compared.leftOut() == null ? feature : feature.gone(column, compared.leftOut()));
  }

  /** Whether the current side has no value of a column that the reference has values of. */
  static boolean goneFrom(InputFiles current, InputColumn column) {
    if (current == null) {
      return false;
    }
    InputColumn other = current.columns().get(column.name());
    return other == null || (column.hasValues() && !other.hasValues() && current.rows() > 0);
  }

  private int bins(Optional<FeatureConfig> described) {
    return described
        .map(FeatureConfig::drift)
        .map(FeatureConfig.FeatureDrift::bins)
        .orElse(rules.bins());
  }

  private void plan(DriftConfig.Multivariate several, InputFiles current) {
    String name = MULTIVARIATE + several.name();
    if (!selected.test(name)) {
      return;
    }
    List<InputColumn> members = new ArrayList<>();
    for (String member : several.features()) {
      InputColumn column = reference.columns().get(member);
      InputColumn other = current == null ? column : current.columns().get(member);
      if (column == null && other == null) {
        throw noColumn(
            "drift.multivariate." + several.name(),
            member,
            reference.uri(),
            reference.columns().keySet());
      }
      if (column == null || other == null) {
        leaveOut(
            name,
            "only the %s has %s".formatted(other == null ? "reference" : "current side", member));
        return;
      }
      for (InputColumn side : List.of(column, other)) {
        if (side.found().stream().anyMatch(found -> !found.type().numeric())) {
          leaveOut(name, "%s is %s".formatted(member, FoundType.words(side.found())));
          return;
        }
      }
      members.add(column.as(ColumnType.of(ColumnType.Kind.DOUBLE, column.type().physical())));
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
            several.segments() && segments.size() > 1,
            null));
  }

  /** The column whose values choose the rows of samples; null: none is described as that. */
  String idColumn() {
    return config.features().stream()
        .filter(f -> f.role() == FeatureConfig.Role.ID)
        .map(FeatureConfig::name)
        .filter(name -> reference.columns().containsKey(name))
        .filter(name -> reference.columns().get(name).origin() != ColumnOrigin.FOLDERS)
        .filter(name -> reference.columns().get(name).type().nameable())
        .findFirst()
        .orElse(null);
  }

  static void requireColumn(
      String option, String name, InputFiles input, Collection<String> known) {
    if (!known.contains(name)) {
      throw noColumn(option, name, input.uri(), known);
    }
  }

  static BadInput noColumn(String option, String name, String uri, Collection<String> known) {
    return ColumnName.unknown(option, name, uri, known);
  }
}
