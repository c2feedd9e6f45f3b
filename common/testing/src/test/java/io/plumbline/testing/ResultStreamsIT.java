package io.plumbline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.DriftResult;
import io.plumbline.events.EventJson;
import io.plumbline.events.MetricPoint;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.ingest.CatchUpState;
import io.plumbline.runtime.kafka.EventStreams;
import io.plumbline.runtime.kafka.JobResults;
import io.plumbline.runtime.launch.StreamingJob;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A job that reads what other jobs say, from a real broker. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ResultStreamsIT {
  @RegisterExtension static final KafkaExtension KAFKA = new KafkaExtension();

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  /** What a record is about, and its timestamp in the stream. */
  private static final class Seen<R> extends ProcessFunction<R, String> {
    @Override
    public void processElement(R result, Context context, Collector<String> out) {
      String what =
          result instanceof MetricPoint point
              ? point.series()
              : result instanceof DriftResult drift ? drift.series() : "a check";
      out.collect(what + " " + Instant.ofEpochMilli(context.timestamp()));
    }
  }

  private static <R> DataStream<String> seen(DataStream<R> results, String uid) {
    return results.process(new Seen<>()).returns(Types.STRING).uid(uid);
  }

  private static String point(String series, Instant computedAt) {
    MetricPoint point =
        new MetricPoint(
            series,
            "psi",
            0.3,
            10,
            NOON,
            NOON.plusSeconds(60),
            "credit",
            "v3",
            "income",
            "",
            "drift",
            "data",
            Map.of(),
            0,
            null,
            true,
            computedAt);
    return new String(EventJson.write(point), StandardCharsets.UTF_8);
  }

  @Test
  void theyAreTypedNeverTooLateAndCountForHavingCaughtUp() throws Exception {
    TestTopics topics = KAFKA.topics();
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, StreamingJob.strict());
    EventStreams streams =
        new EventStreams(
            env,
            ConfigLoader.load(
                topics.writeConfig(
                    "at_least_once",
                    "ingest: {out_of_orderness: 0s, allowed_lateness: 0s, max_record: 10B}")),
            "results-test",
            Duration.ofMinutes(1));
    DataStream<String> all =
        seen(streams.metrics(), "metrics")
            .union(seen(streams.checks(), "checks"), seen(streams.drift(), "drift"));
    CloseableIterator<CatchUpState> caughtUp = streams.caughtUp().collectAsync();
    CloseableIterator<String> results = all.collectAsync();
    new JobResults(streams).write();
    topics.produce(
        Topic.METRICS,
        List.of(point("newest", NOON.plusSeconds(7200)), "{\"series\":\"s\"}", point("old", NOON)));
    topics.produce(
        Topic.DRIFT,
        List.of(
            new String(
                EventJson.write(
                    DriftResult.identity(
                            "result", "income", "", NOON, NOON, "drift", "credit", "v3", "v3")
                        .at(NOON)),
                StandardCharsets.UTF_8)));
    topics.produce(
        Topic.CHECKS,
        List.of(
            """
            {"job":"feature-health","feature":"income","segment":"","window_start":1,"window_end":2,"rows":1,"is_healthy":true,"withdrawn":false,"computed_at":"2026-11-24T12:00:00Z"}"""));
    JobClient client = env.executeAsync("results");
    try (caughtUp;
        results) {
      List<String> read = new ArrayList<>();
      while (read.size() < 4) {
        read.add(results.next());
      }
      assertThat(read)
          .containsExactlyInAnyOrder(
              "newest 2026-11-24T14:00:00Z",
              "old 2026-11-24T12:00:00Z",
              "result 2026-11-24T12:00:00Z",
              "a check 2026-11-24T12:00:00Z");
      assertThat(caughtUp.next().caughtUp()).isFalse();
      // The metrics go on; of a watermark far ahead, an old point is still taken.
      topics.produce(Topic.METRICS, List.of(point("older", NOON.minusSeconds(86_400 * 30))));
      assertThat(results.next()).isEqualTo("older 2026-10-25T12:00:00Z");
      assertThat(caughtUp.next().caughtUp()).isTrue();
      TestCluster.await("a dead letter", () -> !topics.read(Topic.DEAD_LETTERS).isEmpty());
    } finally {
      client.cancel().get();
    }
    assertThat(topics.read(Topic.DEAD_LETTERS))
        .extracting(letter -> letter.path("reason").textValue())
        .containsExactly("expected a whole number, found nothing at /count");
  }
}
