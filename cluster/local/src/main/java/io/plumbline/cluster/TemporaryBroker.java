package io.plumbline.cluster;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** A broker on free ports, in a process and a folder of its own that both go with it. */
public final class TemporaryBroker implements AutoCloseable {
  private final ClusterFolder folder;
  private final LocalBroker broker;

  /**
   * Starts it and waits until it answers.
   *
   * @param parent of its folder
   */
  public TemporaryBroker(Installation installation, Path parent) {
    folder = ClusterFolder.of(parent.resolve("broker-" + ProcessHandle.current().pid()));
    ClusterSettings ports = ClusterSettings.onFreePorts(0, 0, null, Map.of());
    broker = new LocalBroker(installation, folder, ports.kafkaPort(), ports.controllerPort());
    // Of a killed process that had the same pid.
    folder.wipe();
    try {
      broker.start();
      broker.awaitReady();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** For any client. */
  public Properties client() {
    return broker.client();
  }

  @Override
  public void close() {
    broker.daemon().kill();
    folder.wipe();
  }
}
