package io.plumbline.benchmarks;

import io.plumbline.cluster.ClusterFolder;
import io.plumbline.cluster.ClusterSettings;
import io.plumbline.cluster.Installation;
import io.plumbline.cluster.LocalBroker;
import io.plumbline.cluster.Topics;
import io.plumbline.events.Topic;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker in a process of its own, whose CPU time is not ours. */
public final class BenchBroker implements AutoCloseable {
  private final ClusterFolder folder;
  private final LocalBroker broker;

  /** Starts it on free ports, and waits until it answers. */
  public BenchBroker() {
    Installation installation = Installation.current();
    Path target = installation.home().resolve("common/benchmarks/target");
    folder = ClusterFolder.of(target.resolve("broker-" + ProcessHandle.current().pid()));
    ClusterSettings ports = ClusterSettings.onFreePorts(0, 0, null, Map.of());
    broker = new LocalBroker(installation, folder, ports.kafkaPort(), ports.controllerPort());
    broker.start();
    broker.awaitReady();
  }

  /** For any client. */
  public Properties client() {
    return broker.client();
  }

  /**
   * Fills a topic of the contract, under a name of its own, with the same events again and again.
   *
   * @param prefix of the name on the broker
   */
  public void fill(String prefix, Topic topic, byte[][] events, long count, int partitions) {
    try (Topics topics = new Topics(client(), t -> prefix + t.key())) {
      topics.create(partitions);
    }
    Properties properties = client();
    properties.put("linger.ms", "50");
    properties.put("batch.size", "262144");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      AtomicReference<Exception> refused = new AtomicReference<>();
      for (long i = 0; i < count; i++) {
        byte[] event = events[(int) (i % events.length)];
        int partition = (int) (i % partitions);
        var unused =
            producer.send(
                new ProducerRecord<>(prefix + topic.key(), partition, null, null, event),
                (sent, failure) -> refused.compareAndSet(null, failure));
      }
      producer.flush();
      if (refused.get() != null) {
        throw new IllegalStateException("the broker refused a record", refused.get());
      }
    }
  }

  @Override
  public void close() {
    broker.daemon().kill();
    folder.wipe();
  }
}
