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
  private Path config;

  /** Whether a config says which broker. */
  public boolean hasConfig() {
    return config != null;
  }

  /**
   * @throws ClusterException if neither a config nor a cluster is there
   */
  public KafkaConfig kafka() {
    return config != null
        ? ConfigLoader.load(config).kafka()
        : PlumblineConfig.defaults()
            .kafka()
            .withBootstrapServers(cluster.existing().settings().bootstrapServers());
  }

  /** A name of the contract, with or without {@code plumbline.}, or the name of any topic. */
  public String name(KafkaConfig kafka, String topic) {
    return Topic.of(topic).map(kafka::name).orElse(topic);
  }
}
