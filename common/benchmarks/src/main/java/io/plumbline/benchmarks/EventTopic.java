package io.plumbline.benchmarks;

import io.plumbline.cluster.Topics;
import io.plumbline.events.Topic;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic full of events, for jobs that are measured. */
public final class EventTopic {
  private EventTopic() {}

  /**
   * Fills a topic of the contract, under a name of its own, with the same events again and again.
   *
   * @param prefix of the name on the broker
   */
  public static void fill(
      Properties client, String prefix, Topic topic, byte[][] events, long count, int partitions) {
    fill(client, prefix, topic, i -> events[(int) (i % events.length)], count, partitions);
  }

  /**
   * The same with an event for each number from 0.
   *
   * @param prefix of the name on the broker
   */
  public static void fill(
      Properties client,
      String prefix,
      Topic topic,
      LongFunction<byte[]> events,
      long count,
      int partitions) {
    try (Topics topics = new Topics(client, t -> prefix + t.key())) {
      topics.create(partitions);
    }
    Properties properties = new Properties();
    properties.putAll(client);
    properties.put("linger.ms", "50");
    properties.put("batch.size", "262144");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      AtomicReference<Exception> refused = new AtomicReference<>();
      for (long i = 0; i < count; i++) {
        byte[] event = events.apply(i);
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

  /**
   * What a job's config says of the broker and its topics, as YAML.
   *
   * @param prefix of the topics' names on the broker
   */
  public static String config(Properties client, String prefix) {
    StringBuilder yaml = new StringBuilder("kafka:\n  properties: {bootstrap.servers: \"");
    yaml.append(client.getProperty("bootstrap.servers")).append("\"}\n  topics:\n");
    for (Topic topic : Topic.values()) {
      yaml.append("    %s: {name: %s%s}%n".formatted(topic.key(), prefix, topic.key()));
    }
    return yaml.toString();
  }
}
