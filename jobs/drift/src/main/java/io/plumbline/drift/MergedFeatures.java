package io.plumbline.drift;

import io.plumbline.drift.plan.DriftPlan.LeftOut;
import io.plumbline.drift.plan.FoundType;
import io.plumbline.drift.plan.InputFiles;
import io.plumbline.drift.plan.InputFiles.InputColumn;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.plan.ProfiledColumns;
import io.plumbline.profile.ProfileHeader;
import io.plumbline.runtime.input.BadInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What several profiles have in common, in an order that does not depend on theirs.
 *
 * @param columns of the data of all, in the types in which they are put together
 * @param leftOut columns that are no features of all: the data of one does not have them, one has
 *     no rows of them, or has them in a type that does not convert
 */
record MergedFeatures(
    List<PlannedFeature> features, List<LeftOut> leftOut, Map<String, InputColumn> columns) {

  /**
   * @throws BadInput if one has a feature that another was told to leave alone, or has otherwise;
   *     or if they have none in common
   */
  static MergedFeatures of(List<InputFiles> inputs) {
    MergedFeatures merged =
        new MergedFeatures(new ArrayList<>(), new ArrayList<>(), ProfiledColumns.joined(inputs));
    Map<String, ProfileHeader.Feature[]> byName = new TreeMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      for (ProfileHeader.Feature feature : inputs.get(i).profile().features()) {
        byName.computeIfAbsent(feature.name(), f -> new ProfileHeader.Feature[inputs.size()])[i] =
            feature;
      }
    }
    byName.forEach((name, ofInputs) -> merged.add(name, ofInputs, inputs));
    Set<String> never = new TreeSet<>();
    inputs.forEach(input -> input.profile().leftOut().forEach(of -> never.add(of.column())));
    never.removeAll(byName.keySet());
    ProfileHeader.Feature[] none = new ProfileHeader.Feature[inputs.size()];
    never.forEach(name -> merged.leftOut.add(new LeftOut(name, without(name, none, inputs))));
    if (merged.features.isEmpty()) {
      throw NothingCompared.in(inputs.get(0), merged.leftOut, List.of());
    }
    return merged;
  }

  /**
   * @param ofInputs null where an input does not have it
   */
  private void add(String name, ProfileHeader.Feature[] ofInputs, List<InputFiles> inputs) {
    int one = decisive(name, ofInputs, inputs);
    ProfileHeader.Feature feature = ofInputs[one];
    InputColumn column = columns.get(name);
    if (column != null && !column.isOne()) {
      leftOut.add(new LeftOut(name, "it differs in type: " + FoundType.words(column.found())));
      return;
    }
    String without = without(name, ofInputs, inputs);
    if (!without.isEmpty()) {
      leftOut.add(new LeftOut(name, without));
      return;
    }
    for (int i = 0; i < ofInputs.length; i++) {
      if (!fits(feature, ofInputs[i], hasValues(inputs.get(i), name))) {
        throw new BadInput(
            "%s and %s do not fit: feature %s against %s"
                .formatted(
                    inputs.get(one).uri(),
                    inputs.get(i).uri(),
                    text(feature),
                    ofInputs[i] == null ? "none" : text(ofInputs[i])));
      }
    }
    features.add(
        new PlannedFeature(
            name,
            features.size(),
            PlannedFeature.Kind.of(feature.kind()),
            column,
            true,
            Arrays.stream(ofInputs).anyMatch(of -> of != null && of.named()),
            "feature",
            null,
            feature.bins(),
            feature.members().stream().map(columns::get).toList(),
            feature.segmented(),
            null));
  }

  /**
   * Why some have no rows of a feature, whoever took them; empty: all have, or the taker's will.
   */
  private static String without(
      String name, ProfileHeader.Feature[] ofInputs, List<InputFiles> inputs) {
    Set<String> reasons = new TreeSet<>();
    for (int i = 0; i < ofInputs.length; i++) {
      InputFiles input = inputs.get(i);
      if (ofInputs[i] == null) {
        input.profile().reasonWithout(name).ifPresent(reasons::add);
        if (!input.columns().containsKey(name) && !name.startsWith(FeaturePlanner.MULTIVARIATE)) {
          input.profile().sources().forEach(of -> reasons.add("%s has none".formatted(of.uri())));
        }
      }
    }
    return String.join("; ", reasons);
  }

  /** The first input that has values of a feature, else the first that has the feature. */
  private static int decisive(
      String name, ProfileHeader.Feature[] ofInputs, List<InputFiles> inputs) {
    int first = ofInputs.length;
    for (int i = ofInputs.length - 1; i >= 0; i--) {
      boolean better =
          first == ofInputs.length
              || hasValues(inputs.get(i), name)
              || !hasValues(inputs.get(first), name);
      if (ofInputs[i] != null && better) {
        first = i;
      }
    }
    return first;
  }

  private static boolean hasValues(InputFiles input, String name) {
    InputColumn column = input.columns().get(name);
    return column != null && column.hasValues();
  }

  /** Whether two are put together alike; what has no value, as a feature of any kind. */
  private static boolean fits(
      ProfileHeader.Feature one, ProfileHeader.Feature other, boolean otherHasValues) {
    if (other == null || other.bins() != one.bins() || !other.members().equals(one.members())) {
      return false;
    }
    boolean ofNoType = other.members().isEmpty() && !otherHasValues;
    return ofNoType || other.kind().equals(one.kind());
  }

  private static String text(ProfileHeader.Feature feature) {
    return "%s (%s, %s bins%s)"
        .formatted(
            feature.name(),
            feature.kind(),
            feature.bins(),
            feature.members().isEmpty() ? "" : ", of " + String.join(", ", feature.members()));
  }
}
