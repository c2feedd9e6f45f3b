package io.plumbline.cluster;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** A broker on free ports, in a process and a folder of its own that both go with it. */
public final class TemporaryBroker implements AutoCloseable {
  private final ClusterFolder folder;
  private final LocalBroker broker;
  private final LocalBroker.PasswordListener passwords;

  /**
   * Starts it and waits until it answers.
   *
   * @param parent of its folder
   */
  public TemporaryBroker(Installation installation, Path parent) {
    this(installation, parent.resolve("broker-" + ProcessHandle.current().pid()), null);
  }

  /**
   * One that has a second port, {@link #passwordPort}, for clients that say who they are.
   *
   * @param parent of its folder
   * @param passwords by user; without quotes and backslashes
   */
  public static TemporaryBroker withPasswords(
      Installation installation, Path parent, Map<String, String> passwords) {
    int port = ClusterSettings.onFreePorts(0, 0, null, Map.of()).kafkaPort();
    return new TemporaryBroker(
        installation,
        parent.resolve("broker-passwords-" + ProcessHandle.current().pid()),
        new LocalBroker.PasswordListener(port, passwords));
  }

  private TemporaryBroker(
      Installation installation, Path root, LocalBroker.PasswordListener passwords) {
    folder = ClusterFolder.of(root);
    this.passwords = passwords;
    ClusterSettings ports = ClusterSettings.onFreePorts(0, 0, null, Map.of());
    broker =
        new LocalBroker(installation, folder, ports.kafkaPort(), ports.controllerPort(), passwords);
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

  /** Where SASL/PLAIN without TLS is spoken. */
  public int passwordPort() {
    return passwords.port();
  }

  @Override
  public void close() {
    broker.daemon().kill();
    folder.wipe();
  }
}
