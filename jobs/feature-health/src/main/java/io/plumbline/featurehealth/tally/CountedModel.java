package io.plumbline.featurehealth.tally;

import io.plumbline.events.FeatureNames;
import io.plumbline.events.ReservedNames;
import io.plumbline.featurehealth.registry.Registry;
import io.plumbline.runtime.aggregate.NameBudget;
import io.plumbline.runtime.expectation.Expectation;
import io.plumbline.runtime.segment.SegmentColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A model's version as one registry has it. Its features have numbers, by which their tallies stand
 * in each segment: first those that the registry says the model reads, then others as they come.
 */
final class CountedModel {
  /** Of a feature: its name's places, and what is expected of it. */
  static final int BYTES_OF_FEATURE = 300;

  /** Of a tally with numbers, for what a name must have room for in each segment. */
  static final int BYTES_OF_NUMBERS = FeatureTally.BYTES + 350;

  private final String model;
  private final String version;
  private final Registry registry;
  private final NameBudget budget;
  private final List<SegmentColumn> columns;
  private final List<Feature> features = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final int expectedFeatures;

  /**
   * A feature as the model's version reads it.
   *
   * @param named whether it has its place whatever the budget says
   */
  record Feature(String name, Expectation expected, boolean named) {}

  /**
   * @param budget of features that the registry does not name
   */
  CountedModel(String model, String version, Registry registry, NameBudget budget) {
    this.model = model;
    this.version = version;
    this.registry = registry;
    this.budget = budget;
    columns = registry.segments(model, version);
    registry.featuresOf(model).stream().distinct().forEach(name -> begin(name, true));
    expectedFeatures = features.size();
  }

  String model() {
    return model;
  }

  String version() {
    return version;
  }

  /** By what its predictions are cut. */
  List<SegmentColumn> columns() {
    return columns;
  }

  /** By number. */
  List<Feature> features() {
    return features;
  }

  /** So many features, the first ones, are missing where a prediction does not have them. */
  int expectedFeatures() {
    return expectedFeatures;
  }

  /** Looks up a prediction's names; those that are new have numbers from now on. */
  FeaturePlaces places(FeatureNames names) {
    int[] looked = new int[names.size()];
    Arrays.setAll(looked, i -> number(names.get(i)));
    int[] ofColumns = columns.stream().mapToInt(by -> names.asList().indexOf(by.name())).toArray();
    return new FeaturePlaces(looked, ofColumns);
  }

  private int number(String feature) {
    Integer known = numbers.get(feature);
    if (known != null) {
      return known;
    }
    boolean named = registry.isNamed(feature);
    return named || budget.grants(1, bytes(feature))
        ? begin(feature, named)
        : number(ReservedNames.OTHER);
  }

  /** Of what a feature takes itself, and at the least in each window. */
  private long bytes(String feature) {
    return BYTES_OF_FEATURE + feature.length() + (1L + columns.size()) * BYTES_OF_NUMBERS;
  }

  private int begin(String feature, boolean named) {
    numbers.put(feature, features.size());
    Expectation expected =
        feature.equals(ReservedNames.OTHER)
            ? Expectation.none()
            : registry.expectation(model, version, feature);
    features.add(new Feature(feature, expected, named));
    return features.size() - 1;
  }
}
