package io.plumbline.drift;

import io.plumbline.drift.plan.ColumnType;
import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.drift.plan.InputFiles;
import io.plumbline.drift.plan.InputFiles.InputColumn;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.plan.PlannedFeature.Kind;
import io.plumbline.drift.plan.Segments;
import io.plumbline.drift.scan.ColumnValues;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.DriftConfig;
import io.plumbline.runtime.config.FeatureConfig;
import io.plumbline.runtime.config.ModelConfig;
import io.plumbline.runtime.config.NearestName;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.config.Thresholds;
import io.plumbline.runtime.input.BadInput;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes the plan of a run: reads footers and config, and finds everything that is wrong with them
 * before anything runs or is written.
 */
public final class DriftPlanner {
  private static final String DATE = "{date}";
  private static final String MULTIVARIATE = "__multivariate__:";
  private static final int MOST_SEGMENT_VALUES = 10_000;

  private final DriftOptions options;
  private final PlumblineConfig config;
  private final Map<String, FeatureConfig> featuresByName;
  private final LocalDate date;
  private final String runId;
  private final DriftConfig rules;
  private final InputFiles reference;
  private final InputFiles current;
  private final String referenceName;
  private final List<DriftPlan.LeftOut> leftOut = new ArrayList<>();
  private final List<PlannedFeature> features = new ArrayList<>();

  private DriftPlanner(DriftOptions options, Clock clock) {
    this.options = options;
    config =
        options.config == null ? PlumblineConfig.defaults() : ConfigLoader.load(options.config);
    featuresByName = config.featuresByName();
    date = date(options.date, clock);
    runId = "drift-" + date + "-" + Long.toString(clock.millis(), 36);
    checkRanges();
    rules =
        config
            .drift()
            .with(
                options.rule,
                options.noiseAlpha,
                options.minRows,
                options.fdr,
                options.datasetShare);
    String template = referenceTemplate();
    referenceName = referenceName(template);
    reference = InputFiles.at(filled(template), "--reference");
    current = InputFiles.at(filled(options.current), "--current");
  }

  /**
   * @throws BadInput if an option, the config or an input cannot be used
   */
  public static DriftPlan plan(DriftOptions options, Clock clock) {
    return new DriftPlanner(options, clock).plan();
  }

  private DriftPlan plan() {
    checkColumns();
    Segments segments = segments();
    for (InputColumn column : reference.columns().values()) {
      plan(column, segments);
    }
    for (InputColumn column : current.columns().values()) {
      if (!reference.columns().containsKey(column.name()) && selected(column.name())) {
        leaveOut(column.name(), "only the current side has it");
      }
    }
    for (DriftConfig.Multivariate several : rules.multivariate()) {
      plan(several, segments);
    }
    if (features.isEmpty()) {
      throw new BadInput(
          "%s: no column to compare: %s"
              .formatted(
                  reference.uri(),
                  String.join(
                      "; ", leftOut.stream().map(l -> l.column() + ": " + l.reason()).toList())));
    }
    return new DriftPlan(
        runId,
        options.model,
        options.modelVersion,
        referenceName,
        date,
        reference,
        current,
        List.copyOf(features),
        segments,
        idColumn(),
        List.copyOf(leftOut),
        Set.copyOf(options.features),
        Set.copyOf(options.exclude),
        rules,
        thresholds(),
        options.output == null ? config.tables().path() : options.output,
        options.publish ? config.kafka() : null);
  }

  private static LocalDate date(String text, Clock clock) {
    if (text.equals("yesterday")) {
      return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(1);
    }
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new BadInput("--date: expected yesterday or YYYY-MM-DD, found '%s'".formatted(text), e);
    }
  }

  private void checkRanges() {
    requireWithin("--noise-alpha", options.noiseAlpha, "above 0 and at most 1", 0, 1);
    requireWithin("--fdr", options.fdr, "above 0 and at most 1", 0, 1);
    requireWithin("--dataset-share", options.datasetShare, "above 0 and at most 1", 0, 1);
    requireAtLeast("--min-rows", options.minRows, 0);
    requireAtLeast("--parallelism", toLong(options.parallelism), 1);
    requireAtLeast("--max-segment-values", toLong(options.maxSegmentValues), 1);
    if (options.maxSegmentValues != null && options.maxSegmentValues > MOST_SEGMENT_VALUES) {
      throw new BadInput(
          "--max-segment-values: expected at most %d, found %d"
              .formatted(MOST_SEGMENT_VALUES, options.maxSegmentValues));
    }
  }

  private static Long toLong(Integer value) {
    return value == null ? null : (Long) value.longValue();
  }

  private static void requireWithin(
      String option, Double value, String range, double above, double atMost) {
    if (value != null && !(value > above && value <= atMost)) {
      throw new BadInput("%s: expected a number %s, found %s".formatted(option, range, value));
    }
  }

  private static void requireAtLeast(String option, Long value, long least) {
    if (value != null && value < least) {
      throw new BadInput(
          "%s: expected a whole number of at least %d, found %d".formatted(option, least, value));
    }
  }

  private String referenceTemplate() {
    if (options.reference != null) {
      return options.reference;
    }
    return config
        .model(options.model)
        .flatMap(
            model ->
                model.versions().stream()
                    .filter(v -> v.version().equals(options.modelVersion))
                    .findFirst())
        .flatMap(version -> Optional.ofNullable(version.reference()))
        .orElseThrow(
            () ->
                new BadInput(
                    "--reference: expected a path, as the config has no reference for model %s, version '%s'"
                        .formatted(options.model, options.modelVersion)));
  }

  private String filled(String template) {
    return template.replace(DATE, date.toString());
  }

  private String referenceName(String template) {
    if (options.referenceName != null) {
      return options.referenceName;
    }
    return config
        .model(options.model)
        .flatMap(
            model ->
                model.versions().stream()
                    .filter(v -> template.equals(v.reference()))
                    .map(ModelConfig.Version::version)
                    .findFirst())
        .orElseGet(() -> lastPart(template));
  }

  private static String lastPart(String path) {
    String trimmed = path.replaceFirst("/+$", "");
    return trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }

  /** What is wrong with the columns as a whole, and with those that options name. */
  private void checkColumns() {
    Set<String> common = new TreeSet<>(reference.columns().keySet());
    common.retainAll(current.columns().keySet());
    if (common.isEmpty()) {
      throw new BadInput(
          "%s and %s have no column in common: %s against %s"
              .formatted(
                  reference.uri(),
                  current.uri(),
                  reference.columns().keySet(),
                  current.columns().keySet()));
    }
    for (String name : common) {
      InputColumn first = reference.columns().get(name);
      InputColumn second = current.columns().get(name);
      if (!first.type().agreesWith(second.type())) {
        throw new BadInput(
            "%s: column %s is %s, but %s in %s; expected one type on both sides"
                .formatted(
                    second.firstFile(), name, second.type(), first.type(), first.firstFile()));
      }
    }
    Set<String> either = new LinkedHashSet<>(reference.columns().keySet());
    either.addAll(current.columns().keySet());
    Set<String> multivariate = new LinkedHashSet<>();
    rules.multivariate().forEach(several -> multivariate.add(MULTIVARIATE + several.name()));
    for (String name : options.features) {
      if (multivariate.contains(name)) {
        continue;
      }
      requireColumn("--features", name, reference, either);
      requireColumn("--features", name, current, either);
    }
    for (String name : options.exclude) {
      if (!either.contains(name) && !multivariate.contains(name)) {
        throw noColumn("--exclude", name, reference.uri(), either);
      }
    }
  }

  private static void requireColumn(
      String option, String name, InputFiles input, Collection<String> known) {
    if (!input.columns().containsKey(name)) {
      throw noColumn(option, name, input.uri(), known);
    }
  }

  private static BadInput noColumn(
      String option, String name, String uri, Collection<String> known) {
    List<String> others = known.stream().filter(k -> !k.equals(name)).toList();
    return new BadInput(
        "%s: %s has no column %s%s".formatted(option, uri, name, NearestName.hint(name, others)));
  }

  private Segments segments() {
    Map<String, Integer> by = new LinkedHashMap<>();
    int standard = options.maxSegmentValues == null ? 50 : options.maxSegmentValues;
    if (options.segmentBy.isEmpty()) {
      config
          .model(options.model)
          .ifPresent(
              model ->
                  model
                      .segments()
                      .forEach(
                          s ->
                              by.put(
                                  s.column(),
                                  options.maxSegmentValues == null ? s.maxValues() : standard)));
    } else {
      options.segmentBy.forEach(column -> by.put(column, standard));
    }
    String option = options.segmentBy.isEmpty() ? "models.segments" : "--segment-by";
    List<InputColumn> columns = new ArrayList<>();
    List<List<String>> values = new ArrayList<>();
    by.forEach(
        (name, most) -> {
          requireColumn(option, name, reference, reference.columns().keySet());
          requireColumn(option, name, current, current.columns().keySet());
          InputColumn column = reference.columns().get(name);
          if (!column.type().nameable()) {
            throw new BadInput(
                "%s: column %s is %s; expected strings, integers or booleans"
                    .formatted(option, name, column.type()));
          }
          columns.add(column);
          values.add(mostFrequent(name, most));
        });
    return columns.isEmpty() ? Segments.none() : Segments.of(columns, values);
  }

  private List<String> mostFrequent(String column, int most) {
    try {
      return ColumnValues.mostFrequent(reference, column, most);
    } catch (IOException | RuntimeException e) {
      throw new BadInput(
          "%s: column %s cannot be read: %s".formatted(reference.uri(), column, e.getMessage()), e);
    }
  }

  private boolean selected(String name) {
    return (options.features.isEmpty() || options.features.contains(name))
        && !options.exclude.contains(name);
  }

  private void leaveOut(String column, String reason) {
    leftOut.add(new DriftPlan.LeftOut(column, reason));
  }

  private void plan(InputColumn column, Segments segments) {
    if (!selected(column.name())) {
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
    boolean inCurrent = current.columns().containsKey(column.name());
    features.add(
        new PlannedFeature(
            column.name(),
            features.size(),
            kind,
            column,
            inCurrent,
            described.isPresent(),
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
  private Kind kind(InputColumn column, Optional<FeatureConfig> described) {
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

  private void plan(DriftConfig.Multivariate several, Segments segments) {
    String name = MULTIVARIATE + several.name();
    if (!selected(name)) {
      return;
    }
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
      if (!current.columns().containsKey(member)) {
        leaveOut(name, "only the reference has " + member);
        return;
      }
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
            several.features(),
            several.segments() && segments.size() > 1));
  }

  private String idColumn() {
    return config.features().stream()
        .filter(f -> f.role() == FeatureConfig.Role.ID)
        .map(FeatureConfig::name)
        .filter(name -> reference.columns().containsKey(name))
        .filter(name -> reference.columns().get(name).type().nameable())
        .findFirst()
        .orElse(null);
  }

  private List<Thresholds> thresholds() {
    Thresholds suite = config.drift().thresholds();
    List<Thresholds> all = new ArrayList<>();
    for (PlannedFeature feature : features) {
      all.add(
          Optional.ofNullable(featuresByName.get(feature.name()))
              .map(FeatureConfig::drift)
              .map(drift -> drift.thresholds().over(suite))
              .orElse(suite));
    }
    return all;
  }
}
