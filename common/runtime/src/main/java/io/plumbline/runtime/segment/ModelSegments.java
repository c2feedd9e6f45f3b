package io.plumbline.runtime.segment;

import io.plumbline.runtime.config.FeatureConfig;
import io.plumbline.runtime.config.ModelConfig;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * By what a model's predictions are cut: the values by name are those of the reference profile of
 * their version, else the categories that the config lists for a feature of the column's name.
 */
public final class ModelSegments {
  private final Function<String, FeatureConfig> features;

  /**
   * @param features by name; null where there is none
   */
  public ModelSegments(Function<String, FeatureConfig> features) {
    this.features = features;
  }

  /**
   * The columns of a model, in the order of the config.
   *
   * @param reference by column, the values by name of the version's profile; empty without one
   */
  public List<SegmentColumn> columns(ModelConfig model, Map<String, List<String>> reference) {
    return model.segments().stream()
        .map(by -> SegmentColumn.of(by.column(), byName(by.column(), reference), by.maxValues()))
        .toList();
  }

  private List<String> byName(String column, Map<String, List<String>> reference) {
    List<String> names = reference.get(column);
    if (names != null) {
      return names;
    }
    FeatureConfig feature = features.apply(column);
    return feature == null ? List.of() : feature.categories();
  }
}
