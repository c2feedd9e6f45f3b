package io.plumbline.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.events.Topic;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.IngestConfig;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.ingest.IngestSchema;
import io.plumbline.runtime.ingest.IngestSchema.EventTime;
import io.plumbline.runtime.ingest.Malformed;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** Where a job begins, by what the broker has of its topic and group. */
class StartTest {
  private static final long NOW = 1_000_000;
  private static final EventTime<Long> TIME = event -> event;
  private static final IngestConfig CONFIG = PlumblineConfig.defaults().ingest();

  private static final IngestSchema<Long> SCHEMA =
      new IngestSchema<>(
          Map.of(
              "t",
              bytes -> {
                try {
                  return Long.valueOf(new String(bytes, StandardCharsets.UTF_8));
                } catch (NumberFormatException e) {
                  throw new Malformed("no number");
                }
              }),
          TIME,
          Types.LONG,
          CONFIG);

  private final MockConsumer<byte[], byte[]> broker = new MockConsumer<>("earliest");
  private final List<PartitionInfo> partitions = new ArrayList<>();
  private final Map<TopicPartition, TreeMap<Long, String>> records = new HashMap<>();
  private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();

  /**
   * @param stood where the group has committed; negative: nowhere
   */
  private Map<Long, String> partition(long beginning, long end, long stood) {
    TopicPartition added = new TopicPartition("t", partitions.size());
    partitions.add(new PartitionInfo("t", added.partition(), null, null, null));
    broker.updatePartitions("t", partitions);
    broker.updateBeginningOffsets(Map.of(added, beginning));
    broker.updateEndOffsets(Map.of(added, end));
    if (stood >= 0) {
      committed.put(added, new OffsetAndMetadata(stood));
    }
    return records.computeIfAbsent(added, key -> new TreeMap<>());
  }

  private StartOffsets offsets() {
    broker.assign(records.keySet());
    broker.commitSync(committed);
    return StartOffsets.resolve(broker, List.of("t"));
  }

  /** Gives the broker's records to whoever polls, from where each partition stands. */
  private long time() {
    StartOffsets offsets = offsets();
    broker.schedulePollTask(
        () ->
            broker
                .assignment()
                .forEach(
                    partition ->
                        records
                            .get(partition)
                            .tailMap(broker.position(partition))
                            .forEach((offset, text) -> add(partition, offset, text))));
    return new StartTime<>(broker, SCHEMA, TIME, NOW).of(offsets);
  }

  private void add(TopicPartition partition, long offset, String text) {
    broker.addRecord(
        new ConsumerRecord<>(
            partition.topic(),
            partition.partition(),
            offset,
            NOW,
            TimestampType.CREATE_TIME,
            0,
            text.length(),
            new byte[0],
            text.getBytes(StandardCharsets.UTF_8),
            new RecordHeaders(),
            Optional.empty()));
  }

  @Test
  void aJobBeginsWhereItsGroupStoodAndElseAtTheOldestRecord() {
    partition(0, 9, 5);
    partition(0, 9, 7);
    partition(3, 9, -1);
    partition(0, 9, 9);
    assertThat(offsets().partitions())
        .extracting(StartOffsets.Start::offset)
        .containsExactly(5L, 7L, 3L, 9L);
    assertThat(offsets().lines())
        .containsExactly(
            "t from committed offsets 5 to 9 (partitions 0-1, 3) and earliest offsets 3 (partition 2)");
  }

  /** Its records are deleted, or the topic was made anew with fewer of them. */
  @Test
  void anOffsetThatTheTopicDoesNotHaveIsNoneToGoOnFrom() {
    partition(6, 9, 5);
    partition(0, 2, 5);
    assertThat(offsets().lines())
        .containsExactly("t from earliest offsets 0 to 6 (partitions 0-1)");
  }

  @Test
  void aTopicThatIsReadWholeHasAllWindows() {
    partition(0, 2, -1).put(0L, "100");
    partition(0, 0, 0);
    assertThat(time()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void theGreatestTimeOfThoseThatAreNotCounts() {
    partition(0, 9, 2).putAll(Map.of(1L, "900", 2L, "300", 3L, "800"));
    partition(0, 9, 4).putAll(Map.of(4L, "200", 5L, "700"));
    partition(0, 9, -1).put(0L, "990");
    assertThat(time()).isEqualTo(300);
  }

  @Test
  void whatIsNoEventIsPassedOver() {
    partition(0, 9, 2).putAll(Map.of(2L, "nonsense", 4L, "300", 5L, "100"));
    assertThat(time()).isEqualTo(300);
  }

  /** What the job itself would refuse: it is further ahead than ingest.max_future. */
  @Test
  void anEventOfTheFutureIsNone() {
    long future = NOW + CONFIG.maxFuture().toMillis() + 1;
    partition(0, 9, 2).putAll(Map.of(2L, Long.toString(future), 3L, "300"));
    assertThat(time()).isEqualTo(300);
  }

  @Test
  void withoutAnEventAPartitionBeginsNow() {
    Map<Long, String> bad = partition(0, 1000, 1);
    for (long offset = 1; offset <= 100; offset++) {
      bad.put(offset, "nonsense");
    }
    bad.put(101L, "300");
    assertThat(time()).isEqualTo(NOW);
  }

  @Test
  void atTheEndOfAPartitionItBeginsNow() {
    partition(0, 9, 9);
    partition(0, 9, 3).put(3L, "300");
    assertThat(time()).isEqualTo(NOW);
  }

  @Test
  void aTopicThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> StartOffsets.resolve(broker, List.of("t")))
        .isInstanceOf(TopicUnavailable.class)
        .hasMessage("topic t does not exist; 'plumbline topics create' makes it");
  }

  @Test
  void aBrokerThatDoesNotAnswerIsNamedInTime() {
    PlumblineConfig config =
        ConfigLoader.parse(
            "test",
            "kafka: {properties: {bootstrap.servers: \"127.0.0.1:1\", default.api.timeout.ms: 500}}");
    JobStart start = new JobStart(config.kafka(), "job", Clock.systemUTC());
    assertThatThrownBy(() -> start.of(Topic.LABELS, SCHEMA, TIME))
        .isInstanceOf(TopicUnavailable.class)
        .hasMessageStartingWith("topic plumbline.labels at 127.0.0.1:1: ");
    assertThatThrownBy(() -> start.of(List.of("a", "b")))
        .isInstanceOf(TopicUnavailable.class)
        .hasMessageStartingWith("topic a, b at 127.0.0.1:1: ");
  }

  @Test
  void aTopicWithWindowsThatComesTooLateIsAMistakeOfTheJob() {
    JobStart start = new JobStart(PlumblineConfig.defaults().kafka(), "job", Clock.systemUTC());
    assertThat(start.wholeFrom()).isEqualTo(Long.MIN_VALUE);
    assertThat(start.lines()).isEmpty();
    assertThatThrownBy(() -> start.of(Topic.LABELS, SCHEMA, TIME))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aSourceBeginsWhereItWasToldToUnlessTheTopicNoLongerHasThat() {
    partition(0, 10, 5);
    partition(0, 10, 5);
    OffsetsInitializer start = offsets().initializer();
    broker.updateBeginningOffsets(Map.of(new TopicPartition("t", 1), 8L));
    // Found later.
    partition(3, 10, -1);
    assertThat(start.getPartitionOffsets(records.keySet(), new Broker()))
        .isEqualTo(
            Map.of(
                new TopicPartition("t", 0), 5L,
                new TopicPartition("t", 1), 8L,
                new TopicPartition("t", 2), 3L));
  }

  private final class Broker implements OffsetsInitializer.PartitionOffsetsRetriever {
    @Override
    public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> of) {
      return broker.beginningOffsets(of);
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> of) {
      return broker.endOffsets(of);
    }

    @Override
    public Map<TopicPartition, Long> committedOffsets(Collection<TopicPartition> of) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> of) {
      throw new UnsupportedOperationException();
    }
  }
}
