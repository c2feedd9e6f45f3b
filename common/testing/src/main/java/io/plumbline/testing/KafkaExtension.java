package io.plumbline.testing;

import io.plumbline.cluster.Installation;
import io.plumbline.cluster.TemporaryBroker;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/** A real broker for all tests of a module, and topics of its own for each of them. */
public final class KafkaExtension implements BeforeEachCallback, AfterEachCallback {
  private static final Namespace SPACE = Namespace.create(KafkaExtension.class);
  private static final AtomicInteger TESTS = new AtomicInteger();

  private Properties client;
  private TestTopics topics;

  /** The folder that the tests run in, and from which a cluster is built. */
  public static Installation installation() {
    return new Installation(Path.of(System.getProperty("plumbline.root")));
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    TemporaryBroker broker =
        context
            .getRoot()
            .getStore(SPACE)
            .getOrComputeIfAbsent(Broker.class, key -> new Broker(), Broker.class)
            .broker;
    client = broker.client();
    topics = new TestTopics(client, "test" + TESTS.incrementAndGet());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    topics.close();
  }

  /** The options of a client of the broker. */
  public Properties client() {
    return client;
  }

  /** Those of the test that runs. */
  public TestTopics topics() {
    return topics;
  }

  /** Started by the first test that asks, ended after the last. */
  private static final class Broker implements CloseableResource {
    private final TemporaryBroker broker = new TemporaryBroker(installation(), Path.of("target"));

    @Override
    public void close() {
      broker.close();
    }
  }
}
