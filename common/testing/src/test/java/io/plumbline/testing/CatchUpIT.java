package io.plumbline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.Label;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.ingest.CatchUpState;
import io.plumbline.runtime.kafka.EventStreams;
import io.plumbline.runtime.launch.StreamingJob;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.CloseableIterator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a job has read what was written while it was down, on topics of a real broker. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class CatchUpIT {
  @RegisterExtension static final KafkaExtension KAFKA = new KafkaExtension();

  private static final AtomicLong READ = new AtomicLong();

  private final InMemoryReporter reporter = InMemoryReporter.createWithRetainedMetrics();

  /** A job that reads labels. */
  private final class Job implements AutoCloseable {
    private final JobClient client;
    private final CloseableIterator<CatchUpState> states;

    /**
     * @param pause in milliseconds, for each label
     */
    Job(TestTopics topics, int parallelism, long pause) throws Exception {
      Configuration options = new Configuration(StreamingJob.strict());
      reporter.addToConfiguration(options);
      StreamExecutionEnvironment env =
          StreamExecutionEnvironment.createLocalEnvironment(parallelism, options);
      EventStreams streams =
          new EventStreams(
              env,
              ConfigLoader.load(topics.writeConfig("at_least_once")),
              "catch-up-test",
              Duration.ofMinutes(1));
      streams
          .labels()
          .map(new Read(pause))
          .uid("read")
          .sinkTo(new DiscardingSink<>())
          .uid("discard");
      states = streams.caughtUp().collectAsync();
      client = env.executeAsync("catch-up");
    }

    boolean next() {
      return states.next().caughtUp();
    }

    int gauge(String name) {
      JobClient of = client;
      return reporter.findMetrics(of.getJobID(), name).values().stream()
          .mapToInt(gauge -> ((Number) ((Gauge<?>) gauge).getValue()).intValue())
          .findFirst()
          .orElseThrow();
    }

    @Override
    public void close() throws Exception {
      states.close();
      client.cancel().get();
    }
  }

  /** Counts labels in {@link #READ}, slowly. */
  private static final class Read implements MapFunction<Label, String> {
    private final long pause;

    Read(long pause) {
      this.pause = pause;
    }

    @Override
    public String map(Label label) throws InterruptedException {
      Thread.sleep(pause);
      READ.incrementAndGet();
      return label.predictionId();
    }
  }

  private static byte[] label(long time) {
    return "{\"prediction_id\":\"p\",\"ts\":%d,\"label\":1}"
        .formatted(time)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Event time as Kafka's timestamp, and a topic that always lags behind. */
  @ParameterizedTest
  @ValueSource(strings = {"PT96H", "PT15S"})
  void ofWhatAgeTimestampsAreSaysNothing(String age) throws Exception {
    TestTopics topics = KAFKA.topics();
    Runnable step =
        () -> {
          long time = Instant.now().minus(Duration.parse(age)).toEpochMilli();
          for (int partition = 0; partition < 4; partition++) {
            topics.produce(Topic.LABELS, partition, new TreeMap<>(Map.of(time, label(time))));
          }
        };
    step.run();
    // No partition is ever silent.
    try (Feed feed = new Feed(step, 50);
        Job job = new Job(topics, 2, 0)) {
      assertThat(job.next()).isFalse();
      assertThat(job.next()).isTrue();
      TestCluster.await("the gauge", () -> job.gauge("caught_up") == 1);
      assertThat(job.gauge("unread_partitions")).isZero();
    }
  }

  @Test
  void aBacklogThatWasWrittenJustNowIsReadFirst() throws Exception {
    TestTopics topics = KAFKA.topics();
    int backlog = 10_000;
    TreeMap<Long, byte[]> labels = new TreeMap<>();
    long now = System.currentTimeMillis();
    for (int i = 0; i < backlog; i++) {
      labels.put(now + i, label(now));
    }
    topics.produce(Topic.LABELS, 0, labels);
    READ.set(0);
    try (Job job = new Job(topics, 1, 2)) {
      assertThat(job.next()).isFalse();
      TestCluster.await("the gauge", () -> job.gauge("unread_partitions") > 0);
      assertThat(job.gauge("caught_up")).isZero();
      assertThat(job.next()).isTrue();
      assertThat(READ).hasValue(backlog);
    }
  }

  @Test
  void noRecordNeedStandAtTheEnd() throws Exception {
    TestTopics topics = KAFKA.topics();
    String name = topics.config().name(Topic.LABELS);
    Properties client = topics.config().clientProperties();
    long now = System.currentTimeMillis();
    try (Admin admin = Admin.create(client)) {
      compact(admin, name);
      // 0: all records have been compacted away, the last ones by what was rolled back after them.
      transaction(client, true, new ProducerRecord<>(name, 0, key("a"), label(now)));
      transaction(client, true, new ProducerRecord<>(name, 0, key("a"), null));
      TestCluster.await(
          "compaction",
          () -> {
            // A segment that is written to is not compacted.
            TestCluster.pause(1500);
            transaction(client, false, new ProducerRecord<>(name, 0, key("b"), label(now)));
            return records(client, new TopicPartition(name, 0)) == 0;
          });
      // 1: a marker of a transaction.
      transaction(client, true, new ProducerRecord<>(name, 1, key("a"), label(now)));
      // 2: all records have been deleted.
      transaction(client, true, new ProducerRecord<>(name, 2, key("a"), label(now)));
      admin
          .deleteRecords(Map.of(new TopicPartition(name, 2), RecordsToDelete.beforeOffset(2)))
          .all()
          .get();
      assertThat(records(client, new TopicPartition(name, 1))).isEqualTo(1);
      assertThat(records(client, new TopicPartition(name, 2))).isZero();
    }
    // 3: a partition that is fed all the time.
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(name, 3, key("c"), label(now));
    try (var producer =
            new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
        Feed feed = new Feed(() -> send(producer, record), 50);
        Job job = new Job(topics, 2, 0)) {
      assertThat(job.next()).isFalse();
      assertThat(job.next()).isTrue();
    }
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
    Future<RecordMetadata> sent = producer.send(record);
    producer.flush();
    assertThat(sent).isDone();
  }

  private static void compact(Admin admin, String topic) throws Exception {
    Map<String, String> options =
        Map.of(
            "cleanup.policy", "compact,delete",
            "segment.ms", "1000",
            "min.cleanable.dirty.ratio", "0.001",
            "delete.retention.ms", "0");
    admin
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(ConfigResource.Type.TOPIC, topic),
                options.entrySet().stream()
                    .map(
                        option ->
                            new AlterConfigOp(
                                new ConfigEntry(option.getKey(), option.getValue()),
                                AlterConfigOp.OpType.SET))
                    .toList()))
        .all()
        .get();
  }

  private static byte[] key(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void transaction(
      Properties client, boolean commit, ProducerRecord<byte[], byte[]> record) {
    Properties properties = new Properties();
    properties.putAll(client);
    properties.put("transactional.id", "catch-up-" + record.topic());
    try (var producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      send(producer, record);
      if (commit) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }

  /** How many records a reader finds in a partition. */
  private static int records(Properties client, TopicPartition partition) {
    Properties properties = new Properties();
    properties.putAll(client);
    properties.put("isolation.level", "read_committed");
    properties.put("auto.offset.reset", "earliest");
    int records = 0;
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> one = List.of(partition);
      consumer.assign(one);
      consumer.seekToBeginning(one);
      long end = consumer.endOffsets(one).get(partition);
      while (consumer.position(partition) < end) {
        records += consumer.poll(Duration.ofMillis(100)).count();
      }
    }
    return records;
  }
}
