package io.plumbline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.Answer;
import io.plumbline.events.Label;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.decode.LabelDecoder;
import io.plumbline.runtime.ingest.Lateness;
import io.plumbline.runtime.kafka.EventStreams;
import io.plumbline.runtime.kafka.JobResults;
import io.plumbline.runtime.launch.StreamingJob;
import io.plumbline.runtime.state.EventTypes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.windowing.ProcessAllWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Windows over a topic of a real broker, when events stop, have never come, or have waited. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SilenceIT {
  @RegisterExtension static final KafkaExtension KAFKA = new KafkaExtension();

  private static final long NOON = Instant.parse("2026-11-24T12:00:00Z").toEpochMilli();
  private static final Duration WINDOW = Duration.ofSeconds(1);

  @TempDir Path folder;

  /** The events of each window, by the second of its start. */
  private final class Job implements AutoCloseable {
    private final JobClient client;
    private final CloseableIterator<String> windows;
    private boolean stopped;

    /**
     * @param savepoint null: anew
     */
    Job(TestTopics topics, String idleAfter, String savepoint) throws Exception {
      this(topics, false, 2, idleAfter, "2s", savepoint);
    }

    /**
     * @param both whether it reads predictions as well as labels
     */
    Job(
        TestTopics topics,
        boolean both,
        int parallelism,
        String idleAfter,
        String allowedLateness,
        String savepoint)
        throws Exception {
      Configuration options = new Configuration(StreamingJob.strict());
      options.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
      if (savepoint != null) {
        options.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        // What collects the windows for this test belongs to one run.
        options.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
      }
      StreamExecutionEnvironment env =
          StreamExecutionEnvironment.createLocalEnvironment(parallelism, options);
      Path config =
          topics.writeConfig(
              "at_least_once",
              "ingest: {out_of_orderness: 1s, allowed_lateness: %s, idle_after: %s}"
                  .formatted(allowedLateness, idleAfter));
      EventStreams streams =
          new EventStreams(env, ConfigLoader.load(config), "silence-test", WINDOW);
      DataStream<Long> times =
          streams
              // As labels, but for those that are too late.
              .of(
                  Topic.LABELS,
                  new LabelDecoder(Map.of(), 32),
                  Label::ts,
                  EventTypes.LABEL,
                  Lateness.LIMITED)
              .map(Label::ts)
              .returns(Types.LONG)
              .uid("label-times");
      if (both) {
        times =
            times.union(
                streams.answers(List.of()).map(Answer::ts).returns(Types.LONG).uid("answer-times"));
      }
      var counts =
          times
              .windowAll(TumblingEventTimeWindows.of(WINDOW))
              .process(new Count())
              .name("count")
              .uid("count");
      new JobResults(streams).write();
      windows = counts.collectAsync();
      client = env.executeAsync("silence");
    }

    /** Waits until this window has closed, and gives all that have until then. */
    Map<Long, Long> until(long second) {
      Map<Long, Long> closed = new TreeMap<>();
      while (!closed.containsKey(second)) {
        String[] window = windows.next().split("=", -1);
        Long twice = closed.put(Long.valueOf(window[0]), Long.valueOf(window[1]));
        assertThat(twice).as("window " + window[0] + " closed twice").isNull();
      }
      return closed;
    }

    String stop() throws Exception {
      stopped = true;
      return client
          .stopWithSavepoint(
              false, folder.resolve("savepoints").toUri().toString(), SavepointFormatType.CANONICAL)
          .get();
    }

    @Override
    public void close() throws Exception {
      windows.close();
      if (!stopped) {
        client.cancel().get();
      }
    }
  }

  private static final class Count extends ProcessAllWindowFunction<Long, String, TimeWindow> {
    @Override
    public void process(Context context, Iterable<Long> times, Collector<String> out) {
      long count = 0;
      for (long time : times) {
        count += context.window().getStart() <= time ? 1 : 0;
      }
      out.collect((context.window().getStart() - NOON) / 1000 + "=" + count);
    }
  }

  private static byte[] label(long millis) {
    return "{\"prediction_id\":\"p%d\",\"ts\":%d,\"label\":1}"
        .formatted(millis, NOON + millis)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] prediction(long millis) {
    return "{\"prediction_id\":\"p%d\",\"ts\":%d,\"model\":\"m\",\"model_version\":\"v\"}"
        .formatted(millis, NOON + millis)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void produce(TestTopics topics, int partition, long... millis) {
    produce(topics, Topic.LABELS, partition, millis);
  }

  private static void produce(TestTopics topics, Topic topic, int partition, long... millis) {
    SortedMap<Long, byte[]> events = new TreeMap<>();
    for (long at : millis) {
      events.put(NOON + at, topic == Topic.LABELS ? label(at) : prediction(at));
    }
    topics.produce(topic, partition, events);
  }

  @Test
  void aTopicThatFallsSilentClosesItsLastWindow() throws Exception {
    TestTopics topics = KAFKA.topics();
    try (Job job = new Job(topics, "1s", null)) {
      produce(topics, 0, 0, 500, 1500);
      assertThat(job.until(1)).isEqualTo(Map.of(0L, 2L, 1L, 1L));
    }
    assertThat(topics.read(Topic.DEAD_LETTERS)).isEmpty();
  }

  @Test
  void aPartitionThatNeverHadAnEventHoldsNothingUp() throws Exception {
    TestTopics topics = KAFKA.topics();
    try (Job job = new Job(topics, "1s", null)) {
      // All the time an event comes to one of four: it never falls silent.
      AtomicLong at = new AtomicLong();
      try (Feed feed = new Feed(() -> produce(topics, 2, at.getAndAdd(100)), 0)) {
        assertThat(job.until(0)).isEqualTo(Map.of(0L, 10L));
      }
    }
  }

  @Test
  void aSilenceThatOutlivesTheJobClosesTheLastWindowAfterARestart() throws Exception {
    TestTopics topics = KAFKA.topics();
    String savepoint;
    try (Job job = new Job(topics, "5s", null)) {
      produce(topics, 0, 0, 500, 2500);
      // The last window is still open.
      assertThat(job.until(0)).isEqualTo(Map.of(0L, 2L));
      savepoint = job.stop();
    }
    try (Job job = new Job(topics, "1s", savepoint)) {
      assertThat(job.until(2)).isEqualTo(Map.of(2L, 1L));
      // The silence was longer than all that is waited for.
      produce(topics, 0, 0);
      TestCluster.await("a dead letter", () -> !topics.read(Topic.DEAD_LETTERS).isEmpty());
    }
    assertThat(topics.read(Topic.DEAD_LETTERS).get(0).path("reason").textValue())
        .startsWith("late_after_silence: the event of 2026-11-24T12:00:00Z is ");
  }

  @Test
  void aRestartWithABacklogRaisesNoFalseSilence() throws Exception {
    TestTopics topics = KAFKA.topics();
    String savepoint;
    try (Job job = new Job(topics, "10s", null)) {
      produce(topics, 0, 0, 500, 3000);
      produce(topics, 1, 100, 600, 3000);
      assertThat(job.until(0)).isEqualTo(Map.of(0L, 4L));
      savepoint = job.stop();
    }
    // An hour passes without us, and two partitions fill one after the other.
    int hour = 3600;
    for (int partition = 0; partition < 2; partition++) {
      produce(topics, partition, LongStream.rangeClosed(4, hour).map(s -> s * 1000).toArray());
    }
    try (Job job = new Job(topics, "10s", savepoint)) {
      Map<Long, Long> closed = job.until(hour - 10);
      assertThat(closed).doesNotContainKey(0L).hasSize(hour - 10 - 2);
      assertThat(closed.values()).containsOnly(2L);
    }
    assertThat(topics.read(Topic.DEAD_LETTERS)).isEmpty();
  }

  /**
   * Ten minutes of windows have waited while the job was down, and event time must not take ten
   * minutes to pass them.
   */
  private void restartsWithABacklogOf(int partitions, int parallelism) throws Exception {
    TestTopics topics = KAFKA.topics();
    String savepoint;
    try (Job job = new Job(topics, "10s", null)) {
      for (int partition = 0; partition < 4; partition++) {
        produce(topics, partition, partition, 3000);
      }
      assertThat(job.until(0)).isEqualTo(Map.of(0L, 4L));
      savepoint = job.stop();
    }
    int end = 600;
    for (int partition = 0; partition < partitions; partition++) {
      produce(topics, partition, LongStream.rangeClosed(4, end).map(s -> s * 1000).toArray());
    }
    try (Job job = new Job(topics, false, parallelism, "5s", "10m", savepoint)) {
      Map<Long, Long> closed = job.until(end - 2);
      assertThat(closed).hasSize(end - 2 - 2).containsEntry(3L, 4L);
      closed.remove(3L);
      assertThat(closed.values()).containsOnly((long) partitions);
    }
    assertThat(topics.read(Topic.DEAD_LETTERS)).isEmpty();
  }

  @Test
  void tasksWithoutAPartitionHoldNoBacklogBackAfterARestart() throws Exception {
    restartsWithABacklogOf(4, 6);
  }

  @Test
  void silentPartitionsHoldNoBacklogBackAfterARestart() throws Exception {
    restartsWithABacklogOf(1, 4);
  }

  @Test
  void aSilentTopicHoldsNoBacklogOfAnotherBackAfterARestart() throws Exception {
    TestTopics topics = KAFKA.topics();
    List<Topic> both = List.of(Topic.LABELS, Topic.PREDICTIONS);
    String savepoint;
    try (Job job = new Job(topics, true, 2, "10s", "2s", null)) {
      for (int partition = 0; partition < 4; partition++) {
        for (Topic topic : both) {
          produce(topics, topic, partition, partition, 3000);
        }
      }
      assertThat(job.until(0)).isEqualTo(Map.of(0L, 8L));
      savepoint = job.stop();
    }
    int end = 600;
    for (int partition = 0; partition < 4; partition++) {
      long[] waiting = LongStream.rangeClosed(4, end).map(s -> s * 1000).toArray();
      produce(topics, Topic.PREDICTIONS, partition, waiting);
    }
    try (Job job = new Job(topics, true, 2, "5s", "10m", savepoint)) {
      Map<Long, Long> closed = job.until(end - 2);
      assertThat(closed).hasSize(end - 2 - 2).containsEntry(3L, 8L);
      closed.remove(3L);
      assertThat(closed.values()).containsOnly(4L);
    }
    assertThat(topics.read(Topic.DEAD_LETTERS)).isEmpty();
  }

  @Test
  void whatIsLateByThePartitionsOfOtherTasksIsADeadLetter() throws Exception {
    TestTopics topics = KAFKA.topics();
    // Each partition has a task of its own.
    try (Job job = new Job(topics, false, 4, "1s", "2s", null)) {
      produce(topics, 1, 0);
      AtomicLong at = new AtomicLong();
      try (Feed feed = new Feed(() -> produce(topics, 0, at.getAndAdd(1000)), 200)) {
        assertThat(job.until(40)).hasSize(41).containsEntry(0L, 2L);
        // By its own partition it is none: that one went on from 0 to 4 s.
        produce(topics, 1, 10_000);
        TestCluster.await("a dead letter", () -> !topics.read(Topic.DEAD_LETTERS).isEmpty());
      }
    }
    assertThat(topics.read(Topic.DEAD_LETTERS).get(0).path("reason").textValue())
        .startsWith("late_after_silence: the event of 2026-11-24T12:00:10Z is ");
  }
}
