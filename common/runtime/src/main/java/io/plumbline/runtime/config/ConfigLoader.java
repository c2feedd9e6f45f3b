package io.plumbline.runtime.config;

import io.plumbline.runtime.input.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads plumbline.yaml; what is wrong in it is told all at once, each with its line. */
public final class ConfigLoader {
  private ConfigLoader() {}

  /**
   * @throws BadInput if the file is not there, is not YAML, or breaks a rule
   */
  public static PlumblineConfig load(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new BadInput("--config: %s: no such file".formatted(file), e);
    } catch (IOException e) {
      throw new BadInput("--config: %s: cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * @param name stands for the file in messages
   * @throws BadInput if the text is not YAML, or breaks a rule
   */
  public static PlumblineConfig parse(String name, String text) {
    Problems problems = new Problems(name);
    Node root = compose(name, text);
    PlumblineConfig config = new RecordBinder(problems).bind(root, PlumblineConfig.class, "");
    problems.throwIfAny();
    check(config, problems);
    problems.throwIfAny();
    return config;
  }

  private static Node compose(String name, String text) {
    try {
      LoadSettings settings = LoadSettings.builder().setLabel(name).build();
      return new Compose(settings).composeString(text).orElse(null);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      throw new BadInput("%s:%d: not YAML: %s".formatted(name, line, e.getProblem()), e);
    } catch (YamlEngineException e) {
      String reason = e.getMessage().lines().findFirst().orElse("");
      throw new BadInput("%s: not YAML: %s".formatted(name, reason), e);
    }
  }

  private static void check(PlumblineConfig config, Problems problems) {
    List<String> features = config.features().stream().map(FeatureConfig::name).toList();
    unique(features, "features", problems);
    unique(config.models().stream().map(ModelConfig::name).toList(), "models", problems);
    for (ModelConfig model : config.models()) {
      String path = "models." + model.name();
      unique(
          model.versions().stream().map(ModelConfig.Version::version).toList(),
          path + ".versions",
          problems);
      known(model.features(), features, path + ".features", problems);
    }
    ascending(config.drift().effectiveThresholds(), "drift.thresholds", problems);
    for (FeatureConfig feature : config.features()) {
      if (feature.drift() != null) {
        Thresholds merged = feature.drift().thresholds().over(config.drift().effectiveThresholds());
        ascending(merged, "features." + feature.name() + ".drift", problems);
      }
    }
    List<DriftConfig.Multivariate> together = config.drift().multivariate();
    unique(
        together.stream().map(DriftConfig.Multivariate::name).toList(),
        "drift.multivariate",
        problems);
    for (DriftConfig.Multivariate several : together) {
      if (several.features().size() < 2) {
        problems.add(
            0,
            "drift.multivariate." + several.name() + ".features",
            "expected two features at least, found " + several.features().size());
      }
    }
  }

  private static void unique(List<String> names, String path, Problems problems) {
    Set<String> seen = new HashSet<>();
    names.stream()
        .filter(name -> !seen.add(name))
        .distinct()
        .forEach(name -> problems.add(0, path, "%s stands twice".formatted(name)));
  }

  /** A model may name features that the config does not describe, if it describes none. */
  private static void known(
      List<String> names, List<String> features, String path, Problems problems) {
    if (features.isEmpty()) {
      return;
    }
    for (String name :
        names.stream().filter(n -> !features.contains(n)).collect(Collectors.toList())) {
      problems.add(
          0,
          path,
          "%s is not among the features%s".formatted(name, NearestName.hint(name, features)));
    }
  }

  private static void ascending(Thresholds thresholds, String path, Problems problems) {
    String metric = thresholds.notAscending();
    if (metric != null) {
      problems.add(0, path + "." + metric, "expected low <= medium <= high");
    }
  }
}
