package io.plumbline.cli.features;

import io.plumbline.events.FeatureCheck;
import java.util.Comparator;

/**
 * Where a feature is checked: by itself, or as a version of a model reads it. What does not apply
 * is empty.
 */
record Place(String feature, String model, String modelVersion, String segment)
    implements Comparable<Place> {
  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::feature)
          .thenComparing(Place::model)
          .thenComparing(Place::modelVersion)
          .thenComparing(Place::segment);

  static Place of(FeatureCheck check) {
    return new Place(
        check.feature(),
        present(check.model()),
        present(check.modelVersion()),
        present(check.segment()));
  }

  static Place ofFeature(String feature) {
    return new Place(feature, "", "", "");
  }

  private static String present(String text) {
    return text == null ? "" : text;
  }

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }
}
