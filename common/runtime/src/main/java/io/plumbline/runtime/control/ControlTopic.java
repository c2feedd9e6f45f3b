package io.plumbline.runtime.control;

import io.plumbline.events.ControlMessage;
import io.plumbline.events.EventJson;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.ingest.Malformed;
import io.plumbline.runtime.input.BadInput;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The control topic, for what stands outside the jobs: the launcher and the command. */
public final class ControlTopic {
  private static final Logger LOG = LoggerFactory.getLogger(ControlTopic.class);
  private static final Duration POLL = Duration.ofMillis(200);

  /** How long the broker may say nothing. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private ControlTopic() {}

  /**
   * Reads the topic to the end that it has now. Records that cannot be read change nothing.
   *
   * @throws ControlUnavailable if there is no such topic, if it has several partitions, or if the
   *     broker says nothing for 30 s
   */
  public static ControlSnapshot read(KafkaConfig kafka) {
    try (BrokerTopicIds ids = new BrokerTopicIds(kafka);
        ControlConsumer consumer = new ControlConsumer(kafka, beginning(kafka, ids), ids)) {
      return read(consumer, kafka.name(Topic.CONTROL));
    } catch (KafkaException e) {
      throw unavailable(kafka, e);
    }
  }

  /**
   * The beginning of the topic that is there now.
   *
   * @throws ControlUnavailable if there is none, if it has several partitions, or if the broker
   *     says nothing for 15 s
   */
  public static ControlPosition beginning(KafkaConfig kafka) {
    try (BrokerTopicIds ids = new BrokerTopicIds(kafka)) {
      return beginning(kafka, ids);
    } catch (KafkaException e) {
      throw unavailable(kafka, e);
    }
  }

  private static ControlPosition beginning(KafkaConfig kafka, BrokerTopicIds ids) {
    String topic = kafka.name(Topic.CONTROL);
    TopicDescription found;
    try {
      found = ids.describe(topic);
    } catch (UnknownTopicOrPartitionException e) {
      throw new ControlUnavailable(
          "topic %s does not exist; 'plumbline topics create' makes it".formatted(topic), e);
    }
    if (found.partitions().size() != 1) {
      throw new ControlUnavailable(
          "topic %s: expected one partition, since the order of changes matters, found %d"
              .formatted(topic, found.partitions().size()));
    }
    long now = Clock.systemUTC().millis();
    return new ControlPosition(new ControlEpoch(found.topicId().toString(), now), 0);
  }

  static ControlSnapshot read(ControlConsumer consumer, String topic) {
    List<ControlChange> changes = new ArrayList<>();
    ControlPosition firstRefused = null;
    ControlPosition position = consumer.position();
    long heard = System.nanoTime();
    while (!consumer.isCaughtUp()) {
      for (ControlConsumer.Read read : consumer.poll(POLL)) {
        ControlEpoch epoch = read.after().epoch();
        if (read.record().event() != null) {
          changes.add(read.record().event());
        } else {
          long offset = read.after().next() - 1;
          LOG.warn("{}@{}: {}", topic, offset, read.record().refusal());
          if (firstRefused == null || !firstRefused.epoch().isSame(epoch)) {
            firstRefused = new ControlPosition(epoch, offset);
          }
        }
      }
      if (!consumer.position().equals(position)) {
        position = consumer.position();
        heard = System.nanoTime();
      } else if (System.nanoTime() - heard > PATIENCE.toNanos()) {
        throw new ControlUnavailable(
            "topic %s: nothing came for %d s at offset %d"
                .formatted(topic, PATIENCE.toSeconds(), position.next()));
      }
    }
    boolean hasRefused = firstRefused != null && firstRefused.epoch().isSame(position.epoch());
    return new ControlSnapshot(position.epoch(), List.of(), 0)
        .after(changes, hasRefused ? firstRefused : position);
  }

  /**
   * Writes messages in order and waits until the broker has them all. Nothing is sent if the jobs
   * would refuse one of them.
   *
   * @throws BadInput if the jobs would refuse one
   * @throws ControlUnavailable if it does not take them within 30 s; some may have arrived
   */
  public static void write(KafkaConfig kafka, List<ControlMessage> messages) {
    String topic = kafka.name(Topic.CONTROL);
    List<byte[]> values = messages.stream().map(ControlTopic::readable).toList();
    Properties properties = kafka.clientProperties();
    properties.put("acks", "all");
    properties.putIfAbsent("max.block.ms", "15000");
    properties.putIfAbsent("request.timeout.ms", "10000");
    properties.putIfAbsent("delivery.timeout.ms", Long.toString(PATIENCE.toMillis()));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        byte[] key = messages.get(i).key().getBytes(StandardCharsets.UTF_8);
        sent.add(producer.send(new ProducerRecord<>(topic, 0, key, values.get(i))));
      }
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw unavailable(kafka, e.getCause());
    } catch (KafkaException e) {
      throw unavailable(kafka, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ControlUnavailable("interrupted", e);
    }
  }

  /** The message as the topic holds it. */
  private static byte[] readable(ControlMessage message) {
    byte[] json = EventJson.write(message);
    try {
      new ControlDecoder().decode(json);
      return json;
    } catch (Malformed e) {
      throw new BadInput(
          "%s: the jobs would refuse it: %s".formatted(message.key(), e.getMessage()), e);
    }
  }

  private static ControlUnavailable unavailable(KafkaConfig kafka, Throwable cause) {
    return new ControlUnavailable(
        "topic %s at %s: %s"
            .formatted(
                kafka.name(Topic.CONTROL),
                kafka.properties().get("bootstrap.servers"),
                cause.getMessage()),
        cause);
  }
}
