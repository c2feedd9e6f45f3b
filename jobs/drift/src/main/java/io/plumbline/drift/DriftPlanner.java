package io.plumbline.drift;

import io.plumbline.drift.plan.ColumnOrigin;
import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.drift.plan.FolderColumns;
import io.plumbline.drift.plan.FoundFiles;
import io.plumbline.drift.plan.InputFiles;
import io.plumbline.drift.plan.InputFiles.InputColumn;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.plan.ScanPlan;
import io.plumbline.drift.plan.Segments;
import io.plumbline.profile.ProfileHeader;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.DriftConfig;
import io.plumbline.runtime.config.FeatureConfig;
import io.plumbline.runtime.config.ModelConfig;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.config.Thresholds;
import io.plumbline.runtime.config.binding.NearestName;
import io.plumbline.runtime.config.binding.SameLetters;
import io.plumbline.runtime.input.BadInput;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Makes the plan of a run: reads footers and config, and finds everything that is wrong with them
 * before anything runs or is written.
 */
public final class DriftPlanner {
  /** Flink's. */
  private static final int MOST_PARALLELISM = 1 << 15;

  private static final String DATE = "{date}";
  private static final String DATES =
      "--date: expected yesterday or YYYY-MM-DD in the years 0001 to 9999, found '%s'";

  /** What reads the tables knows none after it. */
  private static final int LAST_YEAR = 9999;

  private final DriftOptions options;
  private final PlumblineConfig config;
  private final Map<String, FeatureConfig> featuresByName;
  private final LocalDate date;
  private final String runId;
  private final DriftConfig rules;
  private final InputFiles reference;
  private final InputFiles current;
  private final String referenceName;

  private DriftPlanner(DriftOptions options, Clock clock, Consumer<String> say) {
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
    InputFiles first = InputFiles.of(FoundFiles.at(filled(template), "--reference", say));
    InputFiles second = InputFiles.of(FoundFiles.at(filled(options.current), "--current", say));
    if (second.profile() != null) {
      throw new BadInput("--current: %s is a profile; expected data".formatted(second.uri()));
    }
    Set<String> numeric = FeaturePlanner.numericBy(config);
    reference = FolderColumns.typed(first, second, numeric, "--reference", say);
    current = FolderColumns.typed(second, first, numeric, "--current", say);
  }

  /**
   * @param say told of what is skipped among the files
   * @throws BadInput if an option, the config or an input cannot be used
   */
  public static DriftPlan plan(DriftOptions options, Clock clock, Consumer<String> say) {
    return new DriftPlanner(options, clock, say).plan();
  }

  private DriftPlan plan() {
    checkColumns();
    SegmentPlanner segmentPlanner =
        new SegmentPlanner(config, options.model, options.segmentBy, options.maxSegmentValues);
    Segments segments = SegmentPlanner.segments(segmentPlanner.plan(reference, current));
    FeaturePlanner planner =
        new FeaturePlanner(
            config,
            rules,
            reference,
            this::selected,
            options.features,
            segmentPlanner.columns(),
            segments);
    planner.plan(current);
    Set<String> segmentColumns = segmentPlanner.columns();
    segmentColumns.forEach(column -> planner.planSegmentColumn(column, current));
    leaveOutNew(planner, segmentColumns);
    leaveOutUnknown(planner);
    List<PlannedFeature> features = features(planner);
    if (features.isEmpty()) {
      throw NothingCompared.in(reference, planner.leftOut(), options.exclude);
    }
    return new DriftPlan(
        runId,
        options.model,
        options.modelVersion,
        referenceName,
        date,
        reference,
        current,
        new ScanPlan(features, segments, planner.idColumn(), false),
        planner.leftOut(),
        Set.copyOf(options.features),
        Set.copyOf(options.exclude),
        rules,
        thresholds(features),
        options.approximate,
        options.output == null ? config.tables().path() : options.output,
        options.publish ? config.kafka() : null);
  }

  /** Columns of the current side alone; one that is as good as named by an option, too. */
  private void leaveOutNew(FeaturePlanner planner, Set<String> segmentColumns) {
    List<String> gone =
        reference.columns().keySet().stream()
            .filter(name -> !current.columns().containsKey(name) && selected(name))
            .toList();
    for (String name : current.columns().keySet()) {
      if (!reference.columns().containsKey(name)) {
        Optional<String> alike = SameLetters.told(name, gone);
        if (alike.isPresent() || selected(name) || segmentColumns.contains(name)) {
          planner.leaveOut(
              name,
              onlyCurrent(current.columns().get(name))
                  + alike.map(other -> "; the reference has " + other).orElse(""));
        }
      }
    }
  }

  /** What the model is to have and neither side has would else be missed by nobody. */
  private void leaveOutUnknown(FeaturePlanner planner) {
    Set<String> told =
        planner.leftOut().stream().map(DriftPlan.LeftOut::column).collect(Collectors.toSet());
    config.model(options.model).map(ModelConfig::features).orElse(List.of()).stream()
        .filter(name -> selected(name) && !told.contains(name))
        .filter(name -> !reference.columns().containsKey(name))
        .filter(name -> !current.columns().containsKey(name))
        .forEach(
            name ->
                planner.leaveOut(
                    name,
                    "the config has it as a feature of model %s, and neither side has it"
                        .formatted(options.model)));
  }

  private static String onlyCurrent(InputColumn column) {
    String has = "only the current side has it";
    return column.origin() == ColumnOrigin.FILES ? has : has + ", " + column.origin().where();
  }

  /**
   * All that were planned, or those of them that the reference's profile has; also those that it
   * could not have, where they are gone.
   */
  private List<PlannedFeature> features(FeaturePlanner planner) {
    ProfileHeader profile = reference.profile();
    if (profile == null) {
      return planner.features();
    }
    List<PlannedFeature> kept = new ArrayList<>();
    for (PlannedFeature feature : planner.features()) {
      Optional<String> without = profile.reasonWithout(feature.name());
      boolean gone =
          without.isPresent()
              && feature.column() != null
              && FeaturePlanner.goneFrom(current, feature.column());
      if (has(profile, feature, reference.uri())) {
        kept.add(feature.at(kept.size()));
      } else if (gone) {
        kept.add(feature.at(kept.size()).gone(feature.column(), without.get()));
      } else {
        planner.leaveOut(
            feature.name(), without.orElse("the profile does not have it: take it anew"));
      }
    }
    return List.copyOf(kept);
  }

  private static LocalDate date(String text, Clock clock) {
    if (text.equals("yesterday")) {
      return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(1);
    }
    try {
      LocalDate date = LocalDate.parse(text);
      if (date.getYear() >= 1 && date.getYear() <= LAST_YEAR) {
        return date;
      }
    } catch (DateTimeParseException e) {
      throw new BadInput(DATES.formatted(text), e);
    }
    throw new BadInput(DATES.formatted(text));
  }

  private void checkRanges() {
    requireWithin("--noise-alpha", options.noiseAlpha, "above 0 and at most 1", 0, 1);
    requireWithin("--fdr", options.fdr, "above 0 and at most 1", 0, 1);
    requireWithin("--dataset-share", options.datasetShare, "above 0 and at most 1", 0, 1);
    requireAtLeast("--min-rows", options.minRows, 0);
    requireAtLeast("--parallelism", toLong(options.parallelism), 1);
    if (options.parallelism != null && options.parallelism > MOST_PARALLELISM) {
      throw new BadInput(
          "--parallelism: expected at most %s, found %s"
              .formatted(MOST_PARALLELISM, options.parallelism));
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
          "%s: expected a whole number of at least %s, found %s".formatted(option, least, value));
    }
  }

  private String referenceTemplate() {
    if (options.reference != null) {
      return options.reference;
    }
    ModelConfig model =
        config
            .model(options.model)
            .orElseThrow(
                () ->
                    new BadInput(
                        "--reference: expected a path, as the config has no model %s%s"
                            .formatted(options.model, NearestName.hint(options.model, models()))));
    return model.versions().stream()
        .filter(v -> v.version().equals(options.modelVersion) && v.reference() != null)
        .map(ModelConfig.Version::reference)
        .findFirst()
        .orElseThrow(
            () ->
                new BadInput(
                    "--reference: expected a path, as the config has no reference for model %s, version '%s'; --model-version: it has %s"
                        .formatted(options.model, options.modelVersion, versions(model))));
  }

  private List<String> models() {
    return config.models().stream().map(ModelConfig::name).toList();
  }

  private static String versions(ModelConfig model) {
    String versions =
        model.versions().stream()
            .filter(version -> version.reference() != null)
            .map(ModelConfig.Version::version)
            .collect(Collectors.joining(", "));
    return versions.isEmpty() ? "none" : versions;
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

  /** What is wrong with the columns that options name, or where no column is compared at all. */
  private void checkColumns() {
    Set<String> common = new TreeSet<>(reference.columns().keySet());
    common.retainAll(current.columns().keySet());
    if (common.isEmpty() && options.features.isEmpty()) {
      throw NothingCompared.noneInCommon(reference, current);
    }
    Set<String> either = new LinkedHashSet<>(reference.columns().keySet());
    either.addAll(current.columns().keySet());
    Set<String> multivariate = new LinkedHashSet<>();
    rules
        .multivariate()
        .forEach(several -> multivariate.add(FeaturePlanner.MULTIVARIATE + several.name()));
    for (String name : options.features) {
      if (multivariate.contains(name)) {
        continue;
      }
      FeaturePlanner.requireColumn("--features", name, reference, either);
    }
    for (String name : options.exclude) {
      if (!multivariate.contains(name)) {
        FeaturePlanner.requireColumn("--exclude", name, reference, either);
      }
    }
  }

  private boolean selected(String name) {
    return (options.features.isEmpty() || options.features.contains(name))
        && !options.exclude.contains(name);
  }

  /** A profile has what it was taken with; a feature that it has otherwise cannot be compared. */
  private static boolean has(ProfileHeader profile, PlannedFeature feature, String uri) {
    Optional<ProfileHeader.Feature> found =
        profile.features().stream().filter(f -> f.name().equals(feature.name())).findFirst();
    if (found.isEmpty()) {
      return false;
    }
    ProfileHeader.Feature has = found.get();
    List<String> members = feature.members().stream().map(InputColumn::name).toList();
    boolean ofNoType = feature.column() != null && !feature.column().hasValues();
    boolean sameKind = ofNoType || has.kind().equals(feature.kind().text());
    if (!sameKind || !has.members().equals(members)) {
      throw new BadInput(
          "%s: the profile has %s as %s, the config as %s; take it anew with this config"
              .formatted(
                  uri,
                  feature.name(),
                  described(has.kind(), has.members()),
                  described(feature.kind().text(), members)));
    }
    if (feature.segmented() && !has.segmented()) {
      throw new BadInput(
          "%s: the profile has no segments of %s; take it anew with this config"
              .formatted(uri, feature.name()));
    }
    return true;
  }

  private static String described(String kind, List<String> members) {
    return members.isEmpty() ? kind : kind + " of " + String.join(", ", members);
  }

  private List<Thresholds> thresholds(List<PlannedFeature> features) {
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
