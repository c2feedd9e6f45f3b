package io.plumbline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.cluster.TemporaryBroker;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.config.KafkaConfig.Delivery;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.ControlTopic;
import io.plumbline.runtime.control.ControlUnavailable;
import io.plumbline.runtime.launch.StreamingJob;
import io.plumbline.testing.passthrough.PassThroughJob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker that asks for passwords, which the config only names. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SecretsIT {
  @TempDir Path folder;

  private static KafkaConfig withPassword(
      TemporaryBroker broker, TestTopics topics, Delivery delivery, String user, String password) {
    String jaas =
        "org.apache.kafka.common.security.plain.PlainLoginModule required"
            + " username=\"%s\" password=\"%s\";".formatted(user, password);
    return new KafkaConfig(
        Map.of(
            "bootstrap.servers",
            "127.0.0.1:" + broker.passwordPort(),
            "security.protocol",
            "SASL_PLAINTEXT",
            "sasl.mechanism",
            "PLAIN",
            "sasl.jaas.config",
            jaas),
        delivery,
        topics.config().topics());
  }

  @Test
  void aJobKnowsThePasswordAndNothingThatItLeavesBehindDoes() throws Exception {
    String password = "swordfish-" + UUID.randomUUID();
    Path secret = Files.writeString(folder.resolve("secret"), password + "\n");
    Map<String, String> users = Map.of("file", password, "env", System.getenv("PATH"));
    try (TemporaryBroker broker =
            TemporaryBroker.withPasswords(KafkaExtension.installation(), Path.of("target"), users);
        TestTopics topics = new TestTopics(broker.client(), "secrets")) {
      KafkaConfig byEnvironment =
          withPassword(broker, topics, Delivery.AT_LEAST_ONCE, "env", "${env:PATH}");
      assertThat(ControlTopic.read(byEnvironment).changes()).isEmpty();
      KafkaConfig wrong = withPassword(broker, topics, Delivery.AT_LEAST_ONCE, "file", "wrong");
      assertThatThrownBy(() -> ControlTopic.read(wrong))
          .isInstanceOf(ControlUnavailable.class)
          .hasMessageContaining("Authentication failed");

      KafkaConfig kafka =
          withPassword(broker, topics, Delivery.EXACTLY_ONCE, "file", "${file:" + secret + "}");
      JobClient job = start(ConfigLoader.load(topics.writeConfig("exactly_once")).withKafka(kafka));
      topics.produce(Topic.FEATURES, List.of("{\"key\": \"a\", \"number\": 1, \"time\": 1}"));
      TestCluster.await("a result", () -> !topics.read(Topic.METRICS).isEmpty());
      Path savepoints = folder.resolve("savepoints");
      job.stopWithSavepoint(false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
          .get(2, TimeUnit.MINUTES);
      // What is text can be found there.
      assertThat(texts(savepoints)).anyMatch(text -> text.contains("secrets.features"));
      assertThat(texts(savepoints)).noneMatch(text -> text.contains(password));
    }
  }

  private static JobClient start(PlumblineConfig config) throws Exception {
    Configuration options = new Configuration(StreamingJob.strict());
    options.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, options);
    PassThroughJob.define(env, config);
    return env.executeAsync(PassThroughJob.NAME);
  }

  private static List<String> texts(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(SecretsIT::text).toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
