package io.plumbline.cli.cluster;

import io.plumbline.events.Topic;
import io.plumbline.runtime.config.KafkaConfig;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline consume}. */
@Command(
    name = "consume",
    description = {
      "Prints the records of a topic, a line each, until it is interrupted.",
      "Exits with 1 if --count records have not come before --timeout."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ConsumeCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(200);

  @Parameters(paramLabel = "TOPIC", description = "metrics, checks, drift, ..., or any name.")
  private String topic;

  @Mixin private KafkaOptions options;

  @Option(names = "--from-start", description = "Begin with the oldest record, not with the next.")
  private boolean fromStart;

  @Option(names = "--count", paramLabel = "N", description = "End after this many records.")
  private Long count;

  @Option(
      names = "--timeout",
      paramLabel = "T",
      converter = DurationConverter.class,
      description = "End when nothing has come for so long: 500ms, 10s, 5m.")
  private Duration timeout;

  @Option(
      names = "--latest-only",
      description =
          "Read what is there now, from the start, and print of each result its latest state.")
  private boolean latestOnly;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    requireCount();
    KafkaConfig kafka = options.kafka();
    String name = options.name(kafka, topic);
    if (latestOnly) {
      return latest(kafka, name);
    }
    try (KafkaConsumer<byte[], byte[]> consumer = TopicReading.consumer(kafka, name)) {
      return follow(consumer);
    } catch (KafkaException e) {
      throw TopicReading.unavailable(kafka, name, e);
    }
  }

  private void requireCount() {
    if (count != null && count < 1) {
      throw new ParameterException(
          spec.commandLine(), "--count: expected at least 1, found " + count);
    }
    if (count != null && latestOnly) {
      throw new ParameterException(
          spec.commandLine(), "--count: not with --latest-only, which prints all there is");
    }
  }

  private int follow(KafkaConsumer<byte[], byte[]> consumer) {
    if (fromStart) {
      consumer.seekToBeginning(consumer.assignment());
    } else {
      consumer.seekToEnd(consumer.assignment());
    }
    long printed = 0;
    long last = System.nanoTime();
    while (count == null || printed < count) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        last = System.nanoTime();
        if (count == null || printed < count) {
          print(record.value());
          printed++;
        }
      }
      System.out.flush();
      if (timeout != null && System.nanoTime() - last > timeout.toNanos()) {
        if (count == null) {
          return 0;
        }
        System.err.printf("plumbline: %d of %d records came%n", printed, count);
        return 1;
      }
    }
    return 0;
  }

  private int latest(KafkaConfig kafka, String name) {
    LatestStates states = new LatestStates(Topic.of(topic));
    try (TopicReading reading = TopicReading.open(kafka, name)) {
      reading.toItsEnd(record -> states.add(record.key(), record.value()));
    }
    states.values().forEach(ConsumeCommand::print);
    System.out.flush();
    return 0;
  }

  /** The bytes as they are, whatever their encoding. */
  private static void print(byte[] value) {
    PrintStream out = System.out;
    byte[] line = Optional.ofNullable(value).orElse(new byte[0]);
    out.write(line, 0, line.length);
    out.println();
  }
}
