package io.plumbline.drift;

import io.plumbline.drift.plan.FolderColumns;
import io.plumbline.drift.plan.FoundFiles;
import io.plumbline.drift.plan.InputFiles;
import io.plumbline.drift.plan.ProfiledColumns;
import io.plumbline.drift.plan.ScanPlan;
import io.plumbline.drift.plan.Segments;
import io.plumbline.drift.snapshot.SnapshotPlan;
import io.plumbline.parquet.PartitionPath;
import io.plumbline.profile.ProfileHeader;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.input.BadInput;
import io.plumbline.runtime.segment.SegmentValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Makes the plan of a snapshot, or of putting snapshots together. */
public final class SnapshotPlanner {
  private static final String PROFILES = "./plumbline-data/profiles";

  private SnapshotPlanner() {}

  /**
   * @param say told of what is skipped among the files
   * @throws BadInput if an option, the config or the input cannot be used
   */
  public static SnapshotPlan plan(SnapshotOptions options, Consumer<String> say) {
    PlumblineConfig config =
        options.config == null ? PlumblineConfig.defaults() : ConfigLoader.load(options.config);
    if (options.input == null) {
      throw new BadInput("--input: expected the path of the reference");
    }
    InputFiles found = InputFiles.of(FoundFiles.at(options.input, "--input", say));
    if (found.profile() != null) {
      throw new BadInput("--input: %s is a profile already; expected data".formatted(found.uri()));
    }
    InputFiles input =
        FolderColumns.typed(found, null, FeaturePlanner.numericBy(config), "--input", say);
    for (String name : options.features) {
      FeaturePlanner.requireColumn("--features", name, input, input.columns().keySet());
    }
    for (String name : options.exclude) {
      FeaturePlanner.requireColumn("--exclude", name, input, input.columns().keySet());
    }
    SegmentPlanner segmentPlanner =
        new SegmentPlanner(config, options.model, options.segmentBy, options.maxSegmentValues);
    List<SegmentValues> values = segmentPlanner.plan(input, input);
    Segments segments = SegmentPlanner.segments(values);
    FeaturePlanner planner =
        new FeaturePlanner(
            config,
            config.drift(),
            input,
            name ->
                (options.features.isEmpty() || options.features.contains(name))
                    && !options.exclude.contains(name),
            options.features,
            segmentPlanner.columns(),
            segments);
    planner.plan(null);
    if (planner.features().isEmpty()) {
      throw new BadInput("--input: %s has no column to profile".formatted(input.uri()));
    }
    return new SnapshotPlan(
        options.model,
        options.modelVersion,
        List.of(input),
        input.columns().values().stream().map(ProfiledColumns::written).toList(),
        new ScanPlan(planner.features(), segments, planner.idColumn(), true),
        values,
        options.exact,
        planner.leftOut(),
        options.output == null ? folder(options.model, options.modelVersion) : options.output);
  }

  private static String folder(String model, String version) {
    String folder = PROFILES + "/model=" + PartitionPath.encoded(model);
    return version.isEmpty() ? folder : folder + "/version=" + PartitionPath.encoded(version);
  }

  /**
   * The plan that puts profiles together: the same whatever their order.
   *
   * @throws BadInput if they are not of the same features, or two of the same data
   */
  public static SnapshotPlan merge(List<String> uris, String output) {
    List<InputFiles> inputs = new ArrayList<>();
    for (String uri : uris) {
      InputFiles input = InputFiles.at(uri, "PROFILE");
      if (input.profile() == null) {
        throw new BadInput(
            "%s: expected a profile, as 'plumbline snapshot' writes it, found data".formatted(uri));
      }
      inputs.add(input);
    }
    InputFiles first = inputs.get(0);
    inputs.forEach(input -> requireSame(first, input));
    requireDistinct(inputs);
    List<SegmentValues> values = common(inputs);
    MergedFeatures features = MergedFeatures.of(inputs);
    return new SnapshotPlan(
        first.profile().model(),
        first.profile().modelVersion(),
        inputs,
        features.columns().values().stream().map(ProfiledColumns::written).toList(),
        new ScanPlan(features.features(), SegmentPlanner.segments(values), null, true),
        values,
        inputs.stream().allMatch(input -> input.profile().exact()),
        features.leftOut(),
        output);
  }

  private static void requireSame(InputFiles first, InputFiles other) {
    ProfileHeader one = first.profile();
    ProfileHeader two = other.profile();
    if (!one.model().equals(two.model()) || !one.modelVersion().equals(two.modelVersion())) {
      throw new BadInput(
          "%s is of model %s version '%s', %s of model %s version '%s'; expected the same"
              .formatted(
                  first.uri(),
                  one.model(),
                  one.modelVersion(),
                  other.uri(),
                  two.model(),
                  two.modelVersion()));
    }
  }

  private static void requireDistinct(List<InputFiles> inputs) {
    Map<String, String> seen = new HashMap<>();
    for (InputFiles input : inputs) {
      for (ProfileHeader.Source source : input.profile().sources()) {
        String before = seen.put(source.checksum(), input.uri());
        if (before != null) {
          throw new BadInput(
              "%s and %s: both are of the data %s, which would count twice"
                  .formatted(before, input.uri(), source.uri()));
        }
      }
    }
  }

  /**
   * The segments of all: a value that is one by name in every profile stays one, any other is among
   * the rest.
   */
  private static List<SegmentValues> common(List<InputFiles> inputs) {
    Map<String, List<SegmentValues>> byColumn = new TreeMap<>();
    for (InputFiles input : inputs) {
      Set<String> wanted = segmentColumns(inputs.get(0));
      Set<String> found = segmentColumns(input);
      if (!found.equals(wanted)) {
        throw new BadInput(
            "%s and %s do not fit: segments by %s against %s"
                .formatted(inputs.get(0).uri(), input.uri(), wanted, found));
      }
      input
          .profile()
          .segments()
          .forEach(by -> byColumn.computeIfAbsent(by.column(), c -> new ArrayList<>()).add(by));
    }
    return byColumn.values().stream().map(SegmentValues::common).toList();
  }

  private static Set<String> segmentColumns(InputFiles input) {
    return input.profile().segments().stream()
        .map(SegmentValues::column)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
