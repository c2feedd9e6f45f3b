package io.plumbline.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.cluster.Topics;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.config.KafkaConfig.Delivery;
import io.plumbline.runtime.config.KafkaConfig.TopicConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The contract's topics under names that nobody else uses. */
public final class TestTopics implements AutoCloseable {
  private static final int PARTITIONS = 4;

  private final Properties client;
  private final KafkaConfig config;
  private final KafkaProducer<byte[], byte[]> producer;

  /**
   * @param prefix of all names
   */
  public TestTopics(Properties client, String prefix) {
    this.client = client;
    Map<String, TopicConfig> names = new TreeMap<>();
    for (Topic topic : Topic.values()) {
      names.put(topic.key(), new TopicConfig(prefix + "." + topic.key(), Map.of()));
    }
    config =
        new KafkaConfig(
            Map.of("bootstrap.servers", client.getProperty("bootstrap.servers")),
            Delivery.AT_LEAST_ONCE,
            names);
    try (Topics topics = new Topics(client, config::name)) {
      topics.create(PARTITIONS);
    }
    Properties properties = new Properties();
    properties.putAll(client);
    properties.put("acks", "all");
    // Through every crash of the broker: what is sent must arrive, once.
    properties.put("delivery.timeout.ms", "300000");
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** For a job that is to read and write these topics. */
  public KafkaConfig config() {
    return config;
  }

  /** Writes text records without a key and waits until the broker has them. */
  public void produce(Topic topic, List<String> values) {
    produceBytes(topic, values.stream().map(v -> v.getBytes(StandardCharsets.UTF_8)).toList());
  }

  public void produceBytes(Topic topic, List<byte[]> values) {
    send(values.stream().map(value -> new ProducerRecord<>(config.name(topic), null, value)));
  }

  /** Writes text records with the value of a field of theirs as the key, each once and in order. */
  public void produceKeyed(Topic topic, List<String> values, Function<String, String> key) {
    send(
        values.stream()
            .map(
                value ->
                    new ProducerRecord<>(
                        config.name(topic),
                        key.apply(value).getBytes(StandardCharsets.UTF_8),
                        value.getBytes(StandardCharsets.UTF_8))));
  }

  /** A plumbline.yaml for a job that is to read and write these topics. */
  public Path writeConfig(String delivery, String... more) {
    StringBuilder yaml = new StringBuilder("kafka:\n  delivery: " + delivery + "\n");
    yaml.append("  properties: {bootstrap.servers: \"")
        .append(client.getProperty("bootstrap.servers"))
        .append("\"}\n  topics:\n");
    config
        .topics()
        .forEach(
            (topic, named) -> yaml.append("    %s: {name: %s}\n".formatted(topic, named.name())));
    List.of(more).forEach(line -> yaml.append(line).append('\n'));
    try {
      Path file = Files.createTempFile(Path.of("target"), "plumbline", ".yaml");
      return Files.writeString(file, yaml).toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes records to one partition, each with its time, and waits until the broker has them. */
  public void produce(Topic topic, int partition, SortedMap<Long, byte[]> byTimestamp) {
    send(
        byTimestamp.entrySet().stream()
            .map(
                record ->
                    new ProducerRecord<>(
                        config.name(topic), partition, record.getKey(), null, record.getValue())));
  }

  /** Deletes a topic, and makes one of its name. */
  public void makeAnew(Topic topic) {
    String name = config.name(topic);
    try (Admin admin = Admin.create(client)) {
      admin.deleteTopics(Set.of(name)).all().get(1, TimeUnit.MINUTES);
      TestCluster.await("the topic is gone", () -> !names(admin).contains(name));
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the broker deletes no topic", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    try (Topics topics = new Topics(client, config::name)) {
      topics.create(PARTITIONS);
    }
  }

  private static Set<String> names(Admin admin) {
    return admin.listTopics().names().toCompletionStage().toCompletableFuture().join();
  }

  private void send(Stream<ProducerRecord<byte[], byte[]>> records) {
    // All are on their way before the first is waited for.
    List<Future<RecordMetadata>> sent = records.map(record -> producer.send(record)).toList();
    sent.forEach(TestTopics::await);
  }

  private static void await(Future<RecordMetadata> sent) {
    try {
      sent.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker refused a record", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** All committed records of a topic so far, as JSON. */
  public List<JsonNode> read(Topic topic) {
    List<JsonNode> records = new ArrayList<>();
    try (TopicReader reader = reader(topic)) {
      reader.readOn(records::add);
    }
    return records;
  }

  /** Reads a topic from its start, and on when there is more. */
  public TopicReader reader(Topic topic) {
    return new TopicReader(client, config.name(topic));
  }

  @Override
  public void close() {
    producer.close();
  }
}
