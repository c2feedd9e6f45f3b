package io.plumbline.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.cluster.ClusterException;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.KafkaConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline produce}. */
@Command(
    name = "produce",
    description = {
      "Writes each line of standard input that is not blank to a topic, as it is.",
      "Lines for a topic of the contract get its key; a line without one is written without a key."
    },
    mixinStandardHelpOptions = true)
public final class ProduceCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Parameters(paramLabel = "TOPIC", description = "predictions, labels, metrics, ..., or any name.")
  private String topic;

  @Mixin private KafkaOptions options;

  @Spec private CommandSpec spec;

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the callback is told of failures
  public Integer call() throws IOException {
    KafkaConfig kafka = options.kafka();
    String name = options.name(kafka, topic);
    Optional<Topic> known = Topic.of(topic);
    Properties properties = kafka.clientProperties();
    properties.putIfAbsent("acks", "all");
    properties.putIfAbsent("linger.ms", "5");
    properties.putIfAbsent("max.block.ms", "15000");
    long written = 0;
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        BufferedReader lines = reader(System.in)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isBlank()) {
          continue;
        }
        byte[] value = line.getBytes(StandardCharsets.ISO_8859_1);
        byte[] key = known.map(contract -> key(contract, kafka, value)).orElse(null);
        producer.send(
            new ProducerRecord<>(name, key, value),
            (done, failed) -> failure.compareAndSet(null, failed));
        written++;
      }
      producer.flush();
    }
    if (failure.get() instanceof TimeoutException) {
      throw new ClusterException(
          "topic %s: the broker at %s does not answer, or has no such topic: %s"
              .formatted(
                  name, kafka.properties().get("bootstrap.servers"), failure.get().getMessage()),
          failure.get());
    }
    if (failure.get() != null) {
      throw new ClusterException(
          "topic %s: %s".formatted(name, failure.get().getMessage()), failure.get());
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%d records on %s%n", written, name);
    out.flush();
    return 0;
  }

  /** One character for each byte: what is not UTF-8 is written as it came. */
  private static BufferedReader reader(InputStream in) {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
  }

  private static byte[] key(Topic topic, KafkaConfig kafka, byte[] value) {
    try {
      JsonNode record = JSON.readTree(value);
      Map<String, String> pointers = kafka.fields(topic);
      List<String> parts = new ArrayList<>();
      for (String field : topic.keyFields()) {
        JsonNode part = record.at(pointers.getOrDefault(field, "/" + field));
        if (!part.isValueNode() || part.isNull()) {
          return null;
        }
        parts.add(part.asText());
      }
      return String.join("/", parts).getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      // Not JSON: the jobs are to see it as it is, and to say so.
      return null;
    }
  }
}
