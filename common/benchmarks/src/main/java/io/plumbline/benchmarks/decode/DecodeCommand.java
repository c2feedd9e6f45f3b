package io.plumbline.benchmarks.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.plumbline.benchmarks.BoundedRun;
import io.plumbline.benchmarks.CpuTime;
import io.plumbline.benchmarks.EventTopic;
import io.plumbline.benchmarks.Median;
import io.plumbline.cluster.Installation;
import io.plumbline.cluster.TemporaryBroker;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.IngestConfig;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.decode.AnswerDecoder;
import io.plumbline.runtime.decode.EventJsonFactory;
import io.plumbline.runtime.decode.PredictionDecoder;
import io.plumbline.runtime.ingest.Malformed;
import io.plumbline.runtime.kafka.EventStreams;
import io.plumbline.runtime.launch.StreamingJob;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plumbline bench decode}. */
@Command(
    name = "decode",
    description = {
      "CPU time of reading predictions from a broker into events that are then discarded: what"
          + " every streaming job costs at least.",
      "fetch: Kafka's consumer alone. decode: our decoder alone, beside a bare loop over its"
          + " parser's tokens. answer: our decoder where a job needs no features but two columns of"
          + " segments. rest: what the job takes beyond fetch and decode."
    },
    mixinStandardHelpOptions = true)
public final class DecodeCommand implements Callable<Integer> {
  private static final int PARTITIONS = 4;
  private static final int DISTINCT = 4096;

  @Option(
      names = "--features",
      split = ",",
      defaultValue = "20,200",
      paramLabel = "N",
      description = "Features of an event; default: ${DEFAULT-VALUE}.")
  private List<Integer> sizes;

  @Option(
      names = "--cells",
      defaultValue = "20000000",
      paramLabel = "N",
      description = "Features of all events of a size; default: ${DEFAULT-VALUE}.")
  private long cells;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      paramLabel = "N",
      description = "Rounds that count, after one that does not; default: ${DEFAULT-VALUE}.")
  private int rounds;

  /** CPU nanoseconds per event. */
  private record Cost(double fetch, double tokens, double decode, double answer, double job) {}

  @Override
  public Integer call() throws Exception {
    Installation installation = Installation.current();
    try (TemporaryBroker broker =
        new TemporaryBroker(
            installation, installation.home().resolve("common/benchmarks/target"))) {
      System.out.printf(
          "%8s %11s | %8s %8s %8s %8s %8s | %12s | %13s%n",
          "features",
          "bytes/event",
          "fetch us",
          "decode",
          "answer",
          "rest",
          "job",
          "events/s/core",
          "tokens/decode");
      for (int features : sizes) {
        measure(broker, features);
      }
    }
    return 0;
  }

  private void measure(TemporaryBroker broker, int features) throws Exception {
    String prefix = "f" + features + ".";
    long now = System.currentTimeMillis();
    byte[][] events = SampleEvents.predictions(DISTINCT, features, now - DISTINCT, 1);
    long count = cells / features;
    EventTopic.fill(broker.client(), prefix, Topic.PREDICTIONS, events, count, PARTITIONS);
    Cost[] costs = new Cost[rounds];
    for (int round = -1; round < rounds; round++) {
      System.err.printf("%d features: round %d of %d%n", features, round + 1, rounds);
      Cost cost =
          new Cost(
              fetch(broker.client(), prefix, count),
              tokens(events, count),
              decode(events, count),
              answer(events, count),
              job(broker, prefix, round, count));
      if (round >= 0) {
        costs[round] = cost;
      }
    }
    double fetch = Median.of(Arrays.stream(costs).mapToDouble(Cost::fetch).toArray());
    double decode = Median.of(Arrays.stream(costs).mapToDouble(Cost::decode).toArray());
    double answer = Median.of(Arrays.stream(costs).mapToDouble(Cost::answer).toArray());
    double job = Median.of(Arrays.stream(costs).mapToDouble(Cost::job).toArray());
    double[] ratios = Arrays.stream(costs).mapToDouble(c -> c.tokens() / c.decode()).toArray();
    System.out.printf(
        Locale.ROOT,
        "%8d %11.0f | %8.2f %8.2f %8.2f %8.2f %8.2f | %12.0f | %13.2f%n",
        features,
        Arrays.stream(events).mapToInt(e -> e.length).average().orElseThrow(),
        fetch / 1e3,
        decode / 1e3,
        answer / 1e3,
        (job - fetch - decode) / 1e3,
        job / 1e3,
        1e9 / job,
        Median.of(ratios));
  }

  private static double fetch(Properties client, String prefix, long count) {
    client.put("isolation.level", "read_committed");
    client.put("auto.offset.reset", "earliest");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(prefix + Topic.PREDICTIONS.key()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long start = CpuTime.nanos();
      for (long read = 0; read < count; ) {
        read += consumer.poll(Duration.ofMillis(100)).count();
      }
      return (double) (CpuTime.nanos() - start) / count;
    }
  }

  private static double tokens(byte[][] events, long count) throws IOException {
    JsonFactory factory = EventJsonFactory.of(PlumblineConfig.defaults().ingest().maxDepth());
    long tokens = 0;
    long start = CpuTime.nanos();
    for (long i = 0; i < count; i++) {
      try (JsonParser parser = factory.createParser(events[(int) (i % events.length)])) {
        while (parser.nextToken() != null) {
          tokens++;
        }
      }
    }
    return perEvent(start, count, tokens);
  }

  private static double decode(byte[][] events, long count) throws Malformed {
    IngestConfig limits = PlumblineConfig.defaults().ingest();
    PredictionDecoder decoder =
        new PredictionDecoder(Map.of(), limits.maxDepth(), limits.maxFeatures());
    long features = 0;
    long start = CpuTime.nanos();
    for (long i = 0; i < count; i++) {
      features += decoder.decode(events[(int) (i % events.length)]).features().size();
    }
    return perEvent(start, count, features);
  }

  private static double answer(byte[][] events, long count) throws Malformed {
    IngestConfig limits = PlumblineConfig.defaults().ingest();
    AnswerDecoder decoder =
        new AnswerDecoder(
            Map.of(), limits.maxDepth(), limits.maxFeatures(), List.of("country", "feature_8_30d"));
    long segments = 0;
    long start = CpuTime.nanos();
    for (long i = 0; i < count; i++) {
      segments += decoder.decode(events[(int) (i % events.length)]).segments().size();
    }
    return perEvent(start, count, segments);
  }

  /**
   * @param seen at least one of each event: what nobody looks at, the compiler may leave out
   */
  private static double perEvent(long start, long count, long seen) {
    long nanos = CpuTime.nanos() - start;
    if (seen < count) {
      throw new IllegalStateException("%d events, %d seen".formatted(count, seen));
    }
    return (double) nanos / count;
  }

  private static double job(TemporaryBroker broker, String prefix, int round, long count)
      throws Exception {
    Configuration options = new Configuration(StreamingJob.strict());
    options.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, options);
    String yaml =
        "kafka: {properties: {bootstrap.servers: \"%s\"}, topics: {predictions: {name: %s}}}"
            .formatted(
                broker.client().getProperty("bootstrap.servers"), prefix + Topic.PREDICTIONS.key());
    // Each round is a consumer group of its own, and so reads from the start.
    EventStreams streams =
        new EventStreams(
            env, ConfigLoader.parse("bench", yaml), prefix + round, Duration.ofMinutes(1));
    return BoundedRun.cpuNanosPerResult(env, streams.predictions(), count);
  }
}
