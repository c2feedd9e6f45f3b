package io.plumbline.featurehealth;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.Topic;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.launch.StreamingJob;
import io.plumbline.testing.KafkaExtension;
import io.plumbline.testing.TestCluster;
import io.plumbline.testing.TestTopics;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The savepoints of earlier versions are restored whole. {@code
 * src/test/savepoint/write-savepoint.sh} writes that of the present version.
 */
class SavepointIT {
  @RegisterExtension static final KafkaExtension KAFKA = new KafkaExtension();

  private static final String JOB = "feature-health";
  private static final String TOPICS = "savepoint";
  private static final Path SAVEPOINTS = Path.of("src/test/resources/savepoints");

  private static final String CONFIG =
      """
      ingest: {out_of_orderness: 100ms, idle_after: 1s}
      feature_health: {window: 1s, min_rows: 5}
      features:
        - {name: income, type: numeric, version: "%s", freshness_sla: 1h, consistency: {sample: 1}}
      models:
        - {name: credit, features: [income]}
      """;

  @TempDir Path folder;

  private static void feed(TestTopics topics) {
    long now = System.currentTimeMillis();
    topics.produceKeyed(
        Topic.PREDICTIONS,
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    """
                    {"prediction_id":"p","model":"credit","model_version":"v3","ts":%d,"features":{"income":%d},"feature_times":{"income":%d}}"""
                        .formatted(now, i, now - i))
            .toList(),
        p -> "k" + p.hashCode());
    topics.produceKeyed(
        Topic.FEATURES,
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    """
                    {"feature":"income","entity_id":"e%d","value":1.5,"event_time":%d,"origin":"online","version":"1"}"""
                        .formatted(i, now))
            .toList(),
        v -> "k" + v.hashCode());
  }

  @Test
  void thoseOfEarlierVersionsAreRestored() throws Exception {
    Properties broker = new Properties();
    broker.putAll(KAFKA.topics().config().properties());
    List<Path> versions;
    try (Stream<Path> children = Files.list(SAVEPOINTS)) {
      versions = children.sorted().toList();
    }
    assertThat(versions).isNotEmpty();
    try (TestTopics topics = new TestTopics(broker, TOPICS)) {
      for (Path version : versions) {
        assertRestored(topics, version);
      }
    }
  }

  private void assertRestored(TestTopics topics, Path savepoint) throws Exception {
    Configuration options = new Configuration(StreamingJob.strict());
    options.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint.toUri().toString());
    options.setString(CheckpointingOptions.CHECKPOINTING_INTERVAL.key(), "1 s");
    options.setString(
        "execution.checkpointing.dir", folder.resolve("checkpoints").toUri().toString());
    options.setString("pipeline.max-parallelism", "128");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, options);
    Path config = topics.writeConfig("at_least_once", CONFIG.formatted("2"));
    FeatureHealthJob.define(env, ConfigLoader.load(config));
    JobClient job = env.executeAsync(JOB);
    try {
      TestCluster.await(
          savepoint + " knows what the registry said",
          () -> {
            feed(topics);
            return topics.read(Topic.CHECKS).stream()
                .anyMatch(check -> check.toString().contains("version changed in the file:"));
          });
    } finally {
      job.cancel().get();
    }
  }

  /** Not a test: run by the script, when the state's form has changed for good. */
  @Test
  @EnabledIfSystemProperty(named = "savepoint.version", matches = ".+")
  void writeOne() throws IOException {
    Path target = SAVEPOINTS.resolve(System.getProperty("savepoint.version"));
    try (TestCluster cluster = TestCluster.start("savepoint-cluster", null);
        TestTopics topics = new TestTopics(cluster.cluster().kafka().client(), TOPICS)) {
      List<String> arguments =
          List.of(
              "--parallelism",
              "1",
              "--config",
              topics.writeConfig("at_least_once", CONFIG.formatted("1")).toString());
      cluster
          .jobs()
          .submit(JOB, KafkaExtension.installation().jobJar(JOB), Optional.empty(), arguments);
      TestCluster.await(
          "checks",
          () -> {
            feed(topics);
            return topics.read(Topic.CHECKS).stream()
                .anyMatch(check -> check.path("freshness_seconds").isNumber());
          });
      Path written = Path.of(URI.create(cluster.jobs().stop(JOB)));
      copy(written, target);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    if (Files.exists(to)) {
      try (Stream<Path> old = Files.walk(to)) {
        for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    Files.createDirectories(to);
    String root = KafkaExtension.installation().home().toAbsolutePath().toString();
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        // Names of what lies inside; the folder of the machine that wrote them is nobody's
        // business.
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        Files.writeString(
            to.resolve(file.getFileName().toString()),
            text.replace(root, "/" + "x".repeat(root.length() - 1)),
            StandardCharsets.ISO_8859_1);
      }
    }
  }
}
