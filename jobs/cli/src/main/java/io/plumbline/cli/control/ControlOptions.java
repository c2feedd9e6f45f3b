package io.plumbline.cli.control;

import io.plumbline.cli.cluster.KafkaOptions;
import io.plumbline.cluster.ClusterException;
import io.plumbline.events.ControlMessage;
import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.config.NearestName;
import io.plumbline.runtime.control.ControlChange;
import io.plumbline.runtime.control.ControlKind;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.control.ControlTopic;
import io.plumbline.runtime.ingest.Malformed;
import io.plumbline.runtime.input.BadInput;
import java.util.List;
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
