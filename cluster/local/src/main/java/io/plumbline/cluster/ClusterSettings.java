package io.plumbline.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How a cluster was started: what later commands need to find it.
 *
 * @param slots of each TaskManager
 * @param metricsPort of the JobManager; the TaskManagers take the ports after it
 * @param flinkHome the distribution that it runs; null: the libraries of our own build
 * @param flink options of Flink over those of the shared configuration
 */
public record ClusterSettings(
    int taskManagers,
    int slots,
    int restPort,
    int rpcPort,
    int kafkaPort,
    int controllerPort,
    int metricsPort,
    String flinkHome,
    Map<String, String> flink) {
  /** Ports for processes that come back on another one than the first. */
  private static final int SPARE_METRICS_PORTS = 10;

  /** What nobody types has any free port. */
  public static ClusterSettings of(
      int taskManagers,
      int slots,
      int restPort,
      int kafkaPort,
      int metricsPort,
      String flinkHome,
      Map<String, String> flink) {
    return new ClusterSettings(
        taskManagers,
        slots,
        restPort,
        freePort(),
        kafkaPort,
        freePort(),
        metricsPort,
        flinkHome,
        flink);
  }

  /** Every port free at this moment: for tests, and for several clusters beside each other. */
  public static ClusterSettings onFreePorts(
      int taskManagers, int slots, String flinkHome, Map<String, String> flink) {
    return of(taskManagers, slots, freePort(), freePort(), freePort(), flinkHome, flink);
  }

  ClusterSettings withTaskManagers(int count) {
    return new ClusterSettings(
        count, slots, restPort, rpcPort, kafkaPort, controllerPort, metricsPort, flinkHome, flink);
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + kafkaPort;
  }

  String metricsPorts() {
    return metricsPort + "-" + (metricsPort + taskManagers + SPARE_METRICS_PORTS);
  }

  static Optional<ClusterSettings> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ObjectMapper().readValue(file.toFile(), ClusterSettings.class));
    } catch (IOException e) {
      throw new ClusterException(
          file + ": expected what 'up' wrote, cannot be read; 'down --wipe' starts anew", e);
    }
  }

  void write(Path file) throws IOException {
    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), this);
  }

  /**
   * Below the ports that the system gives to outgoing connections: one of those could take the port
   * while its process is away.
   */
  private static int freePort() {
    for (int tries = 0; tries < 1000; tries++) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      if (isFree(port)) {
        return port;
      }
    }
    throw new ClusterException("no free port on loopback between 20000 and 32000");
  }

  /** As the servers themselves see it: a port whose last connections still linger is free. */
  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
