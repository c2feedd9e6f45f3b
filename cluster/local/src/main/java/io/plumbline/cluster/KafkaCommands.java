package io.plumbline.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Kafka broker that is its own controller (KRaft), from the libraries of our own build. */
final class KafkaCommands {
  private static final String CLUSTER_ID = "cGx1bWJsaW5lLWxvY2FsMA";

  private final Installation installation;
  private final ClusterFolder folder;

  KafkaCommands(Installation installation, ClusterFolder folder) {
    this.installation = installation;
    this.folder = folder;
  }

  private Path properties() {
    return folder.conf().resolve("kafka.properties");
  }

  void configure(ClusterSettings settings) throws IOException {
    Files.writeString(
        properties(),
        """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%2$d
        listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
        controller.listener.names=CONTROLLER
        inter.broker.listener.name=PLAINTEXT
        listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
        log.dirs=%3$s
        auto.create.topics.enable=false
        group.initial.rebalance.delay.ms=0
        # One broker: nothing can be kept twice.
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=4
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        transaction.state.log.num.partitions=4
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        # Flink's sinks keep transactions open across restarts.
        transaction.max.timeout.ms=3600000
        """
            .formatted(settings.kafkaPort(), settings.controllerPort(), folder.broker()));
  }

  /** A new folder must be told which cluster it belongs to, once. */
  void formatIfNew() {
    if (Files.exists(folder.broker().resolve("meta.properties"))) {
      return;
    }
    List<String> command =
        java(List.of("-Xmx128m"), "format", "kafka.tools.StorageTool", "format", "-t", CLUSTER_ID);
    command.addAll(List.of("-c", properties().toString()));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new ClusterException("the broker's folder cannot be prepared:\n" + printed);
      }
    } catch (IOException e) {
      throw new ClusterException("java cannot be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted", e);
    }
  }

  ProcessBuilder broker(Daemon daemon) {
    List<String> command = java(List.of("-Xms256m", "-Xmx512m"), daemon.name(), "kafka.Kafka");
    command.add(properties().toString());
    return new ProcessBuilder(command).directory(folder.root().toFile());
  }

  private List<String> java(List<String> flags, String log, String... main) {
    List<String> command = new ArrayList<>(List.of(JavaCommand.path()));
    command.addAll(flags);
    command.add("-Dlog.file=" + folder.logs().resolve(log + ".log"));
    Path logging = folder.conf().resolve("log4j.properties");
    command.add("-Dlog4j.configurationFile=" + logging.toUri());
    command.add("-Djava.io.tmpdir=" + folder.tmp());
    command.addAll(List.of("-cp", installation.kafkaLib() + "/*"));
    command.addAll(List.of(main));
    return command;
  }
}
