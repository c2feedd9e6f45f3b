package io.plumbline.cli.simulate;

import io.plumbline.cli.simulate.Shape.Categories;
import io.plumbline.cli.simulate.Shape.Numeric;
import io.plumbline.cli.simulate.SimulatedFeature.Trait;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.input.BadInput;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The plumbline.yaml that describes the simulated world, for the jobs that are to watch it. */
final class WorldConfig {
  private static final String HEAD = "# The world of 'plumbline simulate', which wrote this file.";

  /** Of a thousand labels two or three come later than so many mean delays, and expire. */
  private static final int HORIZON_DELAYS = 10;

  private WorldConfig() {}

  /**
   * Replaces an earlier file of its own.
   *
   * @throws BadInput if there is another file, or it cannot be written
   */
  static void write(Path file, KafkaConfig kafka, Duration labelDelay) {
    try {
      if (Files.exists(file) && !Files.readString(file).startsWith(HEAD)) {
        throw new BadInput(
            "--write-config: %s: is there already, and not from simulate; give another name"
                .formatted(file));
      }
      Files.writeString(file, text(kafka, labelDelay));
    } catch (IOException e) {
      throw new BadInput("--write-config: %s: cannot be written: %s".formatted(file, e), e);
    }
  }

  /** With secrets as placeholders, as they were. */
  static String text(KafkaConfig kafka, Duration labelDelay) {
    StringBuilder yaml = new StringBuilder(HEAD).append("\n\nkafka:\n  properties:\n");
    kafka
        .properties()
        .forEach((key, value) -> yaml.append("    %s: %s\n".formatted(quoted(key), quoted(value))));
    yaml.append("  delivery: %s\n".formatted(kafka.delivery().name().toLowerCase(Locale.ROOT)));
    yaml.append("  topics:\n");
    for (Topic topic : Topic.values()) {
      yaml.append("    %s: {name: %s}\n".formatted(topic.key(), quoted(kafka.name(topic))));
    }
    yaml.append("\nlineage:\n");
    for (World.Origin origin : World.ORIGINS) {
      yaml.append(
          "  - {name: %s, kind: %s, reads: [%s], owner: %s}\n"
              .formatted(
                  origin.name(), origin.kind(), String.join(", ", origin.reads()), origin.owner()));
    }
    for (SimulatedJob job : World.JOBS) {
      yaml.append(
          "  - {name: %s, kind: job, reads: [%s], owner: %s}\n"
              .formatted(job.name(), job.reads(), job.owner()));
    }
    yaml.append("\nfeatures:\n");
    World.FEATURES.forEach(feature -> yaml.append(feature(feature)));
    yaml.append(model(labelDelay));
    return yaml.toString();
  }

  private static String feature(SimulatedFeature feature) {
    SimulatedJob job = World.JOBS.get(feature.job());
    StringBuilder yaml = new StringBuilder();
    yaml.append("  - name: %s\n".formatted(feature.name()));
    yaml.append("    type: %s\n".formatted(feature.isCategorical() ? "categorical" : "numeric"));
    yaml.append("    owner: %s\n".formatted(job.owner()));
    yaml.append("    source: %s\n".formatted(job.name()));
    yaml.append("    computation: %s\n".formatted(quoted(feature.computation())));
    yaml.append("    freshness_sla: %ds\n".formatted(job.freshnessSla().toSeconds()));
    yaml.append("    null_threshold: %s\n".formatted(feature.nullThreshold()));
    yaml.append("    version: %s\n".formatted(quoted(World.FEATURE_VERSION)));
    if (feature.shape() instanceof Numeric shape) {
      yaml.append("    range: {min: %s, max: %s}\n".formatted(plain(shape.min), plain(shape.max)));
    } else if (feature.shape() instanceof Categories shape) {
      yaml.append(
          shape.names.stream()
              .map(WorldConfig::quoted)
              .collect(Collectors.joining(", ", "    categories: [", "]\n")));
    }
    if (feature.is(Trait.OFFLINE)) {
      yaml.append("    consistency: {tolerance: 1e-6, relative: true, sample: 1}\n");
    }
    return yaml.toString();
  }

  private static String model(Duration labelDelay) {
    long horizon = Math.max(60, labelDelay.multipliedBy(HORIZON_DELAYS).toSeconds());
    String features =
        World.FEATURES.stream().map(SimulatedFeature::name).collect(Collectors.joining(", "));
    return """

        models:
          - name: %s
            task: binary
            owner: risk-team
            features: [%s]
            label_horizon: %ds
            windows: [1m, 1h]
            health_windows: [1m, 1h]
            max_silence: 1m
            segments: [{column: %s}]
            versions: [%s]
        """
        .formatted(World.MODEL, features, horizon, World.SEGMENT, versions());
  }

  private static String versions() {
    return IntStream.range(0, World.VERSIONS.size())
        .mapToObj(
            index -> {
              SimulatedVersion version = World.VERSIONS.get(index);
              return "{version: %s, role: %s, stable: %s}"
                  .formatted(version.name(), version.role(), index == World.CHAMPION);
            })
        .collect(Collectors.joining(", "));
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
