package io.plumbline.cluster;

import io.plumbline.events.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A Kafka broker that is its own controller (KRaft), from the libraries of our own build. */
public final class LocalBroker {
  private static final String CLUSTER_ID = "cGx1bWJsaW5lLWxvY2FsMA";

  private static final Duration START = Duration.ofSeconds(60);

  private final Installation installation;
  private final ClusterFolder folder;
  private final int port;
  private final int controllerPort;
  private final PasswordListener passwords;

  /**
   * A second port for clients, who have to say who they are.
   *
   * @param passwords by user; without quotes and backslashes
   */
  record PasswordListener(int port, Map<String, String> passwords) {
    /** In the form of Kafka's options. */
    String options(int port, int controllerPort) {
      StringBuilder users = new StringBuilder();
      passwords.forEach(
          (user, password) -> users.append(" user_%s=\"%s\"".formatted(user, password)));
      return """
          listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d,SASL_PLAINTEXT://127.0.0.1:%3$d
          advertised.listeners=PLAINTEXT://127.0.0.1:%1$d,SASL_PLAINTEXT://127.0.0.1:%3$d
          listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT
          sasl.enabled.mechanisms=PLAIN
          listener.name.sasl_plaintext.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required%4$s;
          """
          .formatted(port, controllerPort, this.port, users);
    }
  }

  /**
   * @param port of the clients
   * @param controllerPort of the broker's own
   */
  public LocalBroker(
      Installation installation, ClusterFolder folder, int port, int controllerPort) {
    this(installation, folder, port, controllerPort, null);
  }

  /**
   * @param passwords null: there is no such port
   */
  LocalBroker(
      Installation installation,
      ClusterFolder folder,
      int port,
      int controllerPort,
      PasswordListener passwords) {
    this.passwords = passwords;
    this.installation = installation;
    this.folder = folder;
    this.port = port;
    this.controllerPort = controllerPort;
  }

  public Daemon daemon() {
    return new Daemon("kafka", folder);
  }

  /** For any client. */
  public Properties client() {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", "127.0.0.1:" + port);
    return properties;
  }

  /** Starts it if it does not run; it answers some seconds later. */
  public void start() {
    Daemon daemon = daemon();
    if (daemon.isAlive()) {
      return;
    }
    folder.create();
    try {
      configure();
    } catch (IOException e) {
      throw new UncheckedIOException(folder.conf() + ": cannot be written", e);
    }
    formatIfNew();
    daemon.start(broker(daemon));
  }

  /** Waits until it answers. */
  public void awaitReady() {
    try (Topics topics = new Topics(client(), Topic::standardName)) {
      daemon().await("the broker", START, topics::isReachable);
    }
  }

  private Path properties() {
    return folder.conf().resolve("kafka.properties");
  }

  private void configure() throws IOException {
    Files.copy(
        installation.conf().resolve("log4j.properties"),
        folder.conf().resolve("log4j.properties"),
        StandardCopyOption.REPLACE_EXISTING);
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
                .formatted(port, controllerPort, folder.broker())
            + (passwords == null ? "" : passwords.options(port, controllerPort)));
  }

  /** A new folder must be told which cluster it belongs to, once. */
  private void formatIfNew() {
    if (Files.exists(folder.broker().resolve("meta.properties"))) {
      return;
    }
    List<String> flags = List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    List<String> command =
        java(flags, "format", "kafka.tools.StorageTool", "format", "-t", CLUSTER_ID);
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

  private ProcessBuilder broker(Daemon daemon) {
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
