package io.plumbline.runtime.config;

import io.plumbline.events.Segment;
import io.plumbline.runtime.config.binding.Findings;
import java.util.List;
import java.util.Set;

/** A model reads known features, has one champion, and keys of its task. */
final class ModelRules {
  /** What is the positive class where the file does not say it. */
  private static final Set<String> STANDARD_POSITIVE = Set.of("true", "1");

  private final Set<String> features;
  private final Findings findings;

  /**
   * @param features that the config describes; a name may be of another one if it describes none
   */
  ModelRules(Set<String> features, Findings findings) {
    this.features = features;
    this.findings = findings;
  }

  void check(List<ModelConfig> models) {
    findings.unique(models, ModelConfig::name, "models", ".name");
    for (int i = 0; i < models.size(); i++) {
      checkEntry(models.get(i), "models[" + i + "]");
    }
  }

  void checkEntry(ModelConfig model, String path) {
    checkFeatures(model.features(), path + ".features");
    findings.unique(model.windows(), path + ".windows");
    findings.unique(model.healthWindows(), path + ".health_windows");
    checkSegments(model.segments(), path + ".segments");
    checkTask(model, path);
    checkNegative(model, path + ".negative");
    findings.unique(model.versions(), ModelConfig.Version::version, path + ".versions", ".version");
    checkChampions(model.versions(), path + ".versions");
  }

  private void checkFeatures(List<String> names, String path) {
    findings.unique(names, path);
    if (features.isEmpty()) {
      return;
    }
    for (int i = 0; i < names.size(); i++) {
      findings.known(names.get(i), features, "the features", "%s[%s]".formatted(path, i));
    }
  }

  private void checkSegments(List<ModelConfig.Segment> segments, String path) {
    findings.unique(segments, ModelConfig.Segment::column, path, ".column");
    for (int i = 0; i < segments.size(); i++) {
      String column = segments.get(i).column();
      if (column != null && column.contains(Segment.SIGN)) {
        findings.add(
            "%s[%s].column".formatted(path, i),
            "expected a name without '%s', found %s".formatted(Segment.SIGN, column));
      }
    }
  }

  private void checkTask(ModelConfig model, String path) {
    ModelConfig.Task task = model.task();
    if (model.implicitNegative() != null && task == ModelConfig.Task.REGRESSION) {
      findings.add(path + ".implicit_negative", "expected only where task is not regression");
    }
    boolean binary = task == null || task == ModelConfig.Task.BINARY;
    if (model.negative() != null && !binary) {
      findings.add(path + ".negative", "expected only where task is binary");
    }
    if (model.value() != null && !binary) {
      findings.add(path + ".value", "expected only where task is binary");
    }
  }

  private void checkNegative(ModelConfig model, String path) {
    String negative = model.negative();
    if (negative == null) {
      return;
    }
    boolean same =
        model.positive() == null
            ? STANDARD_POSITIVE.contains(negative)
            : model.positive().equals(negative);
    if (same) {
      findings.add(path, "expected another label than positive, found \"" + negative + "\"");
    }
  }

  private void checkChampions(List<ModelConfig.Version> versions, String path) {
    String champion = null;
    for (int i = 0; i < versions.size(); i++) {
      ModelConfig.Version version = versions.get(i);
      if (version.role() != ModelConfig.Role.CHAMPION) {
        continue;
      }
      if (champion != null) {
        findings.add(
            "%s[%s]".formatted(path, i),
            "expected one champion, found %s beside %s (others have role: shadow, or retired)"
                .formatted(version.version(), champion));
      }
      champion = version.version();
    }
  }
}
