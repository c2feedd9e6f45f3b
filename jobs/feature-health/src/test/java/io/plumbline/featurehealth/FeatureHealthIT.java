package io.plumbline.featurehealth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.events.ControlMessage;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.control.ControlTopic;
import io.plumbline.runtime.launch.StreamingJob;
import io.plumbline.testing.Feed;
import io.plumbline.testing.KafkaExtension;
import io.plumbline.testing.TestCluster;
import io.plumbline.testing.TestTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The job on a real broker. */
class FeatureHealthIT {
  @RegisterExtension static final KafkaExtension KAFKA = new KafkaExtension();

  private static final String CONFIG =
      """
      ingest: {out_of_orderness: 100ms, idle_after: 1s, allowed_lateness: 2s}
      feature_health: {window: 1s, min_rows: 5}
      features:
        - {name: income, type: numeric, freshness_sla: 5s, null_threshold: 0.5, range: {max: 100}, version: "1", consistency: {sample: 1}}
        - {name: never, type: numeric, freshness_sla: 6s}
        - {name: age, type: numeric, null_threshold: 0.9}
      models:
        - {name: credit, features: [income, age]}
      """;

  @TempDir Path folder;

  private final InMemoryReporter reporter = InMemoryReporter.createWithRetainedMetrics();
  private final AtomicBoolean incomeComes = new AtomicBoolean(true);
  private final AtomicLong lastIncome = new AtomicLong();
  private int sent;

  private JobClient start(TestTopics topics) throws Exception {
    Configuration options = new Configuration(StreamingJob.strict());
    options.setString(CheckpointingOptions.CHECKPOINTING_INTERVAL.key(), "1 s");
    options.setString(
        "execution.checkpointing.dir", folder.resolve("checkpoints").toUri().toString());
    reporter.addToConfiguration(options);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, options);
    FeatureHealthJob.define(env, ConfigLoader.load(topics.writeConfig("at_least_once", CONFIG)));
    return env.executeAsync("feature-health");
  }

  /** Predictions without end, values of a feature as long as they come. */
  private void feed(TestTopics topics) {
    long now = System.currentTimeMillis();
    List<String> predictions = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      // Two of the five have no income: so it is in every window.
      String income = sent % 5 < 2 ? "null" : "1" + sent % 7;
      predictions.add(
          """
          {"prediction_id":"p%d","model":"credit","model_version":"v3","ts":%d,"features":{"income":%s,"extra":1},"feature_times":{"income":%d}}"""
              .formatted(sent++, now, income, now - 60_000));
    }
    topics.produce(Topic.PREDICTIONS, predictions);
    if (incomeComes.get()) {
      lastIncome.set(now);
      topics.produce(
          Topic.FEATURES,
          List.of(
              """
              {"feature":"income","entity_id":"e%d","value":%d,"event_time":%d,"version":"1","origin":"online"}"""
                  .formatted(sent, sent % 90, now),
              // What it is trained on is another one.
              """
              {"feature":"income","entity_id":"e%d","value":%d,"event_time":%d,"version":"1","origin":"offline"}"""
                  .formatted(sent, sent % 90 + 2, now)));
    }
  }

  private static List<JsonNode> checks(TestTopics topics, Predicate<JsonNode> which) {
    return topics.read(Topic.CHECKS).stream().filter(which).toList();
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static boolean has(JsonNode check, String feature, String model, String issue) {
    return check.path("feature").asText().equals(feature)
        && check.path("model").asText("").equals(model)
        && String.join("\n", texts(check.path("issues"))).contains(issue);
  }

  private Map<String, Metric> gauges(JobClient job) {
    return reporter.findMetrics(job.getJobID(), "plumbline");
  }

  @Test
  void aFeatureThatStopsIsStaleByItselfAndAChangeOfItsThresholdHoldsAtOnce() throws Exception {
    TestTopics topics = KAFKA.topics();
    JobClient job = start(topics);
    try (Feed feed = new Feed(() -> feed(topics), 100)) {
      TestCluster.await(
          "a check of the model's feature",
          () -> !checks(topics, c -> has(c, "income", "credit", "")).isEmpty());
      TestCluster.await(
          "a fresh feature",
          () ->
              !checks(
                      topics,
                      c ->
                          has(c, "income", "", "")
                              && c.path("is_healthy").asBoolean()
                              && c.path("freshness_seconds").asDouble(99) < 1)
                  .isEmpty());
      assertThat(checks(topics, c -> has(c, "income", "", "stale"))).isEmpty();

      topics.produce(Topic.PREDICTIONS, List.of("nonsense", "{}"));
      TestCluster.await(
          "the count of dead letters",
          () ->
              topics.read(Topic.METRICS).stream()
                      .filter(p -> p.path("metric").asText().equals("dead_letters"))
                      .mapToLong(p -> p.path("value").asLong())
                      .sum()
                  == 2);

      incomeComes.set(false);
      TestCluster.await(
          "stale", () -> !checks(topics, c -> has(c, "income", "", "stale")).isEmpty());
      Instant first =
          Instant.parse(
              checks(topics, c -> has(c, "income", "", "stale"))
                  .get(0)
                  .path("computed_at")
                  .asText());
      assertThat(Duration.between(Instant.ofEpochMilli(lastIncome.get()), first).toMillis())
          .isBetween(5000L, 6000L);
      TestCluster.await(
          "what never came",
          () -> !checks(topics, c -> has(c, "never", "", "never came")).isEmpty());

      assertThat(checks(topics, c -> has(c, "extra", "credit", "feature not registered")))
          .isNotEmpty();
      // A feature of the model that no prediction has.
      assertThat(checks(topics, c -> has(c, "age", "credit", "null rate 1, threshold 0.9")))
          .isNotEmpty()
          .allMatch(check -> check.path("null_ratio").asDouble() == 1);
      assertThat(checks(topics, c -> has(c, "income", "credit", "null rate"))).isEmpty();

      assertThat(gauges(job))
          .anySatisfy(
              (name, metric) -> {
                assertThat(name)
                    .contains(
                        ".plumbline.model.credit.model_version.v3.feature.age.segment..quantile..window.1s.feature_missing_ratio.value");
                assertThat(((Gauge<?>) metric).getValue()).isEqualTo(1.0);
              })
          .anySatisfy((name, metric) -> assertThat(name).contains("feature_staleness_seconds"))
          .allSatisfy((name, metric) -> assertThat(name).doesNotContain("feature_rows"));

      String spec =
          "{\"type\":\"numeric\",\"freshness_sla\":\"1h\",\"null_threshold\":0.1,\"version\":\"2\"}";
      ControlTopic.write(
          topics.config(),
          List.of(new ControlMessage("feature", "income", spec, "ann", Instant.now())));
      TestCluster.await(
          "the new threshold",
          () ->
              !checks(topics, c -> has(c, "income", "credit", "null rate 0.4, threshold 0.1"))
                  .isEmpty());
      TestCluster.await(
          "the new version and SLA",
          () ->
              !checks(topics, c -> has(c, "income", "", "version changed: \"1\" to \"2\""))
                  .isEmpty());
      assertThat(checks(topics, c -> has(c, "income", "", "version changed")))
          .allMatch(check -> !check.path("issues").toString().contains("stale"));
    } finally {
      job.cancel().get();
    }
    List<JsonNode> points = topics.read(Topic.METRICS);
    assertThat(points)
        .filteredOn(p -> p.path("metric").asText().equals("feature_missing_ratio"))
        .filteredOn(p -> p.path("model").asText().equals("credit"))
        .filteredOn(p -> p.path("final").asBoolean())
        .isNotEmpty();
    assertThat(points)
        .filteredOn(p -> p.path("metric").asText().equals("feature_skew_mean_abs_difference"))
        .isNotEmpty()
        .allMatch(p -> p.path("value").asDouble() == 2);
    assertThat(points)
        .filteredOn(p -> p.path("metric").asText().equals("feature_skew_ratio"))
        .isNotEmpty()
        .allMatch(p -> p.path("value").asDouble() == 1);
    assertThat(points)
        .filteredOn(p -> p.path("metric").asText().equals("feature_age_seconds"))
        .isNotEmpty()
        .allMatch(p -> Math.abs(p.path("value").asDouble() - 60) <= p.path("bound").asDouble());
    assertThat(topics.read(Topic.DEAD_LETTERS)).hasSize(2);
  }
}
