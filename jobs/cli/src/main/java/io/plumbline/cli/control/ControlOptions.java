package io.plumbline.cli.control;

import io.plumbline.cli.cluster.KafkaOptions;
import io.plumbline.cluster.ClusterException;
import io.plumbline.events.ControlMessage;
import io.plumbline.runtime.config.FeatureConfig;
import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.config.LineageNode;
import io.plumbline.runtime.config.ModelConfig;
import io.plumbline.runtime.config.MonitorConfig;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.config.binding.NearestName;
import io.plumbline.runtime.control.ControlChange;
import io.plumbline.runtime.control.ControlKind;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.control.ControlTopic;
import io.plumbline.runtime.ingest.Malformed;
import io.plumbline.runtime.input.BadInput;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;

/** The control topic of the broker that the options name. */
final class ControlOptions {
  @Mixin private KafkaOptions kafka;

  /** Read once: what is written goes where it was read. */
  private KafkaConfig config;

  private KafkaConfig config() {
    if (config == null) {
      config = kafka.kafka();
    }
    return config;
  }

  /** Whether the config file has an entry of this kind and name. */
  boolean fileHas(String key) {
    if (!kafka.hasConfig()) {
      return false;
    }
    PlumblineConfig file = kafka.config();
    return Stream.of(
            keys(ControlKind.FEATURE, file.features(), FeatureConfig::name),
            keys(ControlKind.MODEL, file.models(), ModelConfig::name),
            keys(ControlKind.LINEAGE, file.lineage(), LineageNode::name),
            keys(ControlKind.MONITOR, file.monitors(), MonitorConfig::name))
        .flatMap(keys -> keys)
        .anyMatch(key::equals);
  }

  private static <R> Stream<String> keys(
      ControlKind kind, List<R> entries, Function<R, String> name) {
    return entries.stream().map(entry -> kind.key() + "/" + name.apply(entry));
  }

  ControlSnapshot read() {
    return ControlTopic.read(config());
  }

  void write(List<ControlMessage> messages) {
    ControlTopic.write(config(), messages);
  }

  /**
   * @throws BadInput if there is no such kind
   */
  static ControlKind kind(String key) {
    return ControlKind.of(key)
        .orElseThrow(() -> new BadInput("KIND: " + ControlKind.expected(key)));
  }

  /**
   * The change that holds under a name.
   *
   * @throws ClusterException if there is none
   */
  static ControlChange get(ControlSnapshot snapshot, ControlKind kind, String name) {
    List<ControlChange> all = snapshot.of(kind);
    return all.stream()
        .filter(change -> change.message().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ClusterException(
                    "%s %s: control says nothing about it%s"
                        .formatted(
                            kind.key(),
                            Malformed.shown(name),
                            NearestName.hint(
                                name, all.stream().map(c -> c.message().name()).toList()))));
  }
}
