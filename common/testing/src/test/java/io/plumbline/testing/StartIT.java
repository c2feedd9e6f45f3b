package io.plumbline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.Label;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.kafka.EventStreams;
import io.plumbline.runtime.kafka.JobResults;
import io.plumbline.runtime.kafka.JobStart;
import io.plumbline.runtime.launch.StreamingJob;
import io.plumbline.runtime.window.WholeWindows;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
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
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Windows over a topic of a real broker, by where in it a job begins. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StartIT {
  @RegisterExtension static final KafkaExtension KAFKA = new KafkaExtension();

  private static final String JOB = "start-test";
  private static final long NOON = Instant.parse("2026-11-24T12:00:00Z").toEpochMilli();
  private static final Duration WINDOW = Duration.ofSeconds(10);

  @TempDir Path folder;

  /** The labels of each window, by the second of its start. */
  private final class Job implements AutoCloseable {
    private final JobStart start;
    private final JobClient client;
    private final CloseableIterator<String> windows;
    private boolean stopped;

    /**
     * @param group that the job reads as
     * @param idleAfter after which silent partitions close what is open
     * @param savepoint null: anew
     */
    Job(TestTopics topics, String group, String idleAfter, String savepoint) throws Exception {
      Configuration options = new Configuration(StreamingJob.strict());
      options.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
      if (savepoint != null) {
        options.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        // What collects the windows for this test belongs to one run.
        options.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
      }
      StreamExecutionEnvironment env =
          StreamExecutionEnvironment.createLocalEnvironment(2, options);
      Path config =
          topics.writeConfig(
              "at_least_once",
              "ingest: {out_of_orderness: 0s, allowed_lateness: 0s, idle_after: %s}"
                  .formatted(idleAfter));
      EventStreams streams = new EventStreams(env, ConfigLoader.load(config), group, WINDOW);
      long window = WINDOW.toMillis();
      DataStream<Label> labels = streams.labels();
      start = streams.start();
      var counts =
          WholeWindows.only(
                  labels,
                  label -> Math.floorDiv(label.ts(), window) * window,
                  start.wholeFrom(),
                  "whole-windows")
              .windowAll(TumblingEventTimeWindows.of(WINDOW))
              .process(new Count())
              .name("count")
              .uid("count");
      new JobResults(streams).write();
      windows = counts.collectAsync();
      client = env.executeAsync("start");
    }

    /** Waits until this window has closed, and gives all that have until then. */
    Map<Long, Long> until(long second) {
      Map<Long, Long> closed = new TreeMap<>();
      while (!closed.containsKey(second)) {
        String[] window = windows.next().split("=", -1);
        closed.put(Long.valueOf(window[0]), Long.valueOf(window[1]));
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

  private static final class Count extends ProcessAllWindowFunction<Label, String, TimeWindow> {
    @Override
    public void process(Context context, Iterable<Label> labels, Collector<String> out) {
      long count = 0;
      for (Label label : labels) {
        count += label.label() == null ? 0 : 1;
      }
      out.collect((context.window().getStart() - NOON) / 1000 + "=" + count);
    }
  }

  /** Writes a label for each of these seconds after noon to all partitions but the first. */
  private static void produceRest(TestTopics topics, long from, long to) {
    for (int partition = 1; partition < 4; partition++) {
      produce(topics, partition, from, to);
    }
  }

  private static void produce(TestTopics topics, int partition, long from, long to) {
    SortedMap<Long, byte[]> labels = new TreeMap<>();
    for (long second = from; second < to; second++) {
      long at = NOON + second * 1000;
      labels.put(
          at,
          "{\"prediction_id\":\"p%d\",\"ts\":%d,\"label\":1}"
              .formatted(second, at)
              .getBytes(StandardCharsets.UTF_8));
    }
    topics.produce(Topic.LABELS, partition, labels);
  }

  /** Waits until the job's group stands behind so many records. */
  private static void awaitCommitted(TestTopics topics, long records) {
    Properties client = new Properties();
    client.putAll(topics.config().properties());
    try (Admin admin = Admin.create(client)) {
      TestCluster.await(
          "the group has committed " + records,
          () -> {
            try {
              return admin
                      .listConsumerGroupOffsets("plumbline-" + JOB)
                      .partitionsToOffsetAndMetadata()
                      .get()
                      .values()
                      .stream()
                      .mapToLong(offset -> offset.offset())
                      .sum()
                  == records;
            } catch (InterruptedException | ExecutionException e) {
              throw new IllegalStateException(e);
            }
          });
    }
  }

  @Test
  void aPartOfAWindowDoesNotReplaceTheWhole() throws Exception {
    TestTopics topics = KAFKA.topics();
    String topic = topics.config().name(Topic.LABELS);
    produce(topics, 0, 0, 25);
    produceRest(topics, 0, 22);
    try (Job job = new Job(topics, JOB, "1s", null)) {
      assertThat(job.start.lines())
          .containsExactly(
              "without state: " + topic + " from earliest offsets 0 (partitions 0-3)",
              "without state: all windows are emitted");
      assertThat(job.until(20)).isEqualTo(Map.of(0L, 40L, 10L, 40L, 20L, 11L));
      awaitCommitted(topics, 91);
    }

    // The window of second 20 goes on: of its labels this start reads what the first run has not.
    produce(topics, 0, 25, 41);
    produceRest(topics, 22, 41);
    String savepoint;
    try (Job job = new Job(topics, JOB, "1h", null)) {
      assertThat(job.start.lines())
          .containsExactly(
              "without state: " + topic + " from committed offsets 22 to 25 (partitions 0-3)",
              "without state: windows that begin before 2026-11-24T12:00:25Z are not emitted");
      assertThat(job.until(30)).isEqualTo(Map.of(30L, 40L));
      awaitCommitted(topics, 164);
      savepoint = job.stop();
    }

    // Restored, it goes by its own start, not by that which it would have now: where the group
    // stands by now, the window of second 40 would be a part.
    produce(topics, 0, 41, 65);
    produceRest(topics, 41, 65);
    try (Job job = new Job(topics, JOB, "1h", savepoint)) {
      assertThat(job.until(50)).isEqualTo(Map.of(40L, 40L, 50L, 40L));
    }

    // From the first record of each partition all windows are whole.
    try (Job job = new Job(topics, JOB + "-of-another-group", "1h", null)) {
      assertThat(job.until(50))
          .isEqualTo(Map.of(0L, 40L, 10L, 40L, 20L, 40L, 30L, 40L, 40L, 40L, 50L, 40L));
    }
  }
}
