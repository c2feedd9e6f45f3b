package io.plumbline.drift.table;

import io.plumbline.events.EventJson;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.KafkaConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends what a run wrote to the topics of results, so that alerts see it as they see a stream's.
 */
public final class ResultTopics {
  private ResultTopics() {}

  /**
   * Results first, points last, as in the tables; returns when the broker has all of them.
   *
   * @throws IOException if it does not take them: the tables are in place, and a rerun sends anew
   */
  public static void publish(KafkaConfig kafka, ResultTables.Written written) throws IOException {
    Properties properties = kafka.clientProperties();
    properties.put("acks", "all");
    properties.putIfAbsent("max.block.ms", "30000");
    properties.putIfAbsent("linger.ms", "20");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      String results = kafka.name(Topic.DRIFT);
      String points = kafka.name(Topic.METRICS);
      // Whoever is not there is waited for once, and not once for each record.
      producer.partitionsFor(results);
      producer.partitionsFor(points);
      written.results().forEach(r -> sent.add(send(producer, results, r.series(), r)));
      written.points().forEach(p -> sent.add(send(producer, points, p.series(), p)));
      for (Future<RecordMetadata> record : sent) {
        record.get();
      }
    } catch (ExecutionException | KafkaException e) {
      Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
      throw new IOException(
          "the tables are written, but the topics at %s cannot be written: %s"
              .formatted(properties.getProperty("bootstrap.servers"), cause.getMessage()),
          cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the topics are written", e);
    }
  }

  private static Future<RecordMetadata> send(
      KafkaProducer<byte[], byte[]> producer, String topic, String key, Object value) {
    return producer.send(
        new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), EventJson.write(value)));
  }
}
