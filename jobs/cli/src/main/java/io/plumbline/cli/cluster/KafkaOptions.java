package io.plumbline.cli.cluster;

import io.plumbline.cluster.ClusterException;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.config.PlumblineConfig;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which broker a command talks to: the config's, else the one of the local cluster. */
public final class KafkaOptions {
  @Mixin private ClusterOption cluster;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "plumbline.yaml, whose section kafka says which broker; default: this cluster's.")
  private Path file;

  /** Whether a config says which broker. */
  public boolean hasConfig() {
    return file != null;
  }

  /**
   * The broker and what it calls the topics: the config's; without one the local cluster's.
   *
   * @throws ClusterException if neither a config nor a cluster is there
   */
  public KafkaConfig kafka() {
    return config().kafka();
  }

  /**
   * All that the config says; without one the defaults, and the local cluster's broker.
   *
   * @throws ClusterException if neither a config nor a cluster is there
   */
  public PlumblineConfig config() {
    if (file != null) {
      return ConfigLoader.load(file);
    }
    PlumblineConfig defaults = PlumblineConfig.defaults();
    return defaults.withKafka(
        defaults.kafka().withBootstrapServers(cluster.existing().settings().bootstrapServers()));
  }

  /** A name of the contract, with or without {@code plumbline.}, or the name of any topic. */
  public String name(KafkaConfig kafka, String topic) {
    return Topic.of(topic).map(kafka::name).orElse(topic);
  }
}
