package io.plumbline.cli.models;

import io.plumbline.events.MetricPoint;
import io.plumbline.runtime.config.ModelConfig;
import java.util.Comparator;

/**
 * A version of a model in the role that it serves in.
 *
 * @param version empty: the model itself, whatever its versions
 * @param role empty: champion
 */
record ServedVersion(String model, String version, String role)
    implements Comparable<ServedVersion> {
  /** The label of points that says it. */
  static final String ROLE = "role";

  private static final String SHADOW = "shadow";

  private static final Comparator<ServedVersion> ORDER =
      Comparator.comparing(ServedVersion::model)
          .thenComparing(ServedVersion::version)
          .thenComparing(ServedVersion::role);

  static ServedVersion of(MetricPoint point) {
    return new ServedVersion(
        point.model(),
        point.modelVersion() == null ? "" : point.modelVersion(),
        point.labels() == null ? "" : point.labels().getOrDefault(ROLE, ""));
  }

  static ServedVersion of(ModelConfig model, ModelConfig.Version version) {
    return new ServedVersion(
        model.name(), version.version(), version.role() == ModelConfig.Role.SHADOW ? SHADOW : "");
  }

  static ServedVersion ofModel(String model) {
    return new ServedVersion(model, "", "");
  }

  @Override
  public int compareTo(ServedVersion other) {
    return ORDER.compare(this, other);
  }
}
