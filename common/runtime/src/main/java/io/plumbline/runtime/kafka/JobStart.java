package io.plumbline.runtime.kafka;

import io.plumbline.events.Topic;
import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.ingest.IngestSchema;
import io.plumbline.runtime.ingest.IngestSchema.EventTime;
import io.plumbline.runtime.window.WholeWindows;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Where a job begins that is started without state: the offsets that it reads its topics from, and
 * the time from which its windows are whole. Found by the launcher and given to the sources and
 * operators, so that what is said of a start is what it does, however often it is tried.
 */
public final class JobStart {
  /** What each line begins with. */
  public static final String WITHOUT_STATE = "without state: ";

  private final KafkaConfig kafka;
  private final String job;
  private final Clock clock;
  private final List<String> lines = new ArrayList<>();
  private long wholeFrom = WholeWindows.ALL;
  private boolean hasWindows;
  private boolean known;

  /**
   * @param job names the consumer group: {@code plumbline-JOB}
   * @param clock what a topic begins at that has no event to go by
   */
  JobStart(KafkaConfig kafka, String job, Clock clock) {
    this.kafka = kafka;
    this.job = job;
    this.clock = clock;
  }

  /**
   * The offsets of topics whose records are in no window.
   *
   * @throws TopicUnavailable if one cannot be read
   */
  OffsetsInitializer of(List<String> topics) {
    return reading(
        topics,
        consumer -> {
          StartOffsets offsets = StartOffsets.resolve(consumer, topics);
          lines.addAll(offsets.lines());
          return offsets.initializer();
        });
  }

  /**
   * The offsets of a topic whose events are counted in windows.
   *
   * @param schema as its source reads with
   * @throws TopicUnavailable if it cannot be read
   */
  <T> OffsetsInitializer of(Topic topic, IngestSchema<T> schema, EventTime<T> time) {
    if (known) {
      throw new IllegalStateException(topic + " comes after the first window was known");
    }
    List<String> topics = List.of(kafka.name(topic));
    return reading(
        topics,
        consumer -> {
          StartOffsets offsets = StartOffsets.resolve(consumer, topics);
          long begins = new StartTime<>(consumer, schema, time, clock.millis()).of(offsets);
          wholeFrom = Math.max(wholeFrom, begins);
          hasWindows = true;
          lines.addAll(offsets.lines());
          return offsets.initializer();
        });
  }

  private <R> R reading(List<String> topics, Function<Consumer<byte[], byte[]>, R> body) {
    Properties properties = kafka.readerProperties();
    properties.putIfAbsent("default.api.timeout.ms", "15000");
    properties.put("group.id", KafkaSources.group(job));
    // Of each partition one record is looked for.
    properties.put("max.partition.fetch.bytes", "65536");
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return body.apply(consumer);
    } catch (KafkaException e) {
      throw new TopicUnavailable(
          "topic %s at %s: %s"
              .formatted(
                  String.join(", ", topics),
                  kafka.properties().get("bootstrap.servers"),
                  e.getMessage()),
          e);
    }
  }

  /**
   * The time before which no window is whole, in epoch milliseconds, for {@link WholeWindows}. All
   * topics that are counted in windows are to be asked for before.
   */
  public long wholeFrom() {
    known = true;
    return wholeFrom;
  }

  /** The same in words, a line for each topic and one for the windows. */
  public List<String> lines() {
    List<String> all = new ArrayList<>();
    lines.forEach(line -> all.add(WITHOUT_STATE + line));
    if (hasWindows) {
      all.add(
          WITHOUT_STATE
              + (wholeFrom == WholeWindows.ALL
                  ? "all windows are emitted"
                  : "windows that begin before %s are not emitted"
                      .formatted(Instant.ofEpochMilli(wholeFrom))));
    }
    return all;
  }
}
