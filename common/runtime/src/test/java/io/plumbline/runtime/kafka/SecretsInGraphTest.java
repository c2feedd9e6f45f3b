package io.plumbline.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.MetricPoint;
import io.plumbline.events.Prediction;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.ControlEpoch;
import io.plumbline.runtime.control.ControlSnapshot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent to the cluster, and kept there, names secrets and holds none. */
class SecretsInGraphTest {
  private static final String SECRET = "a-password-in-a-file";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"at_least_once", "exactly_once"})
  void theGraphHoldsPlaceholdersOnly(String delivery) throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), SECRET);
    PlumblineConfig config =
        ConfigLoader.parse(
            "c",
            """
            kafka:
              delivery: %s
              properties:
                bootstrap.servers: localhost:1
                sasl.jaas.config: login user="${env:PATH}" password="${file:%s}";
            """
                .formatted(delivery, file));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    EventStreams streams = new EventStreams(env, config, "job", Duration.ZERO);
    streams
        .predictions()
        .sinkTo(ResultSinks.of(config.kafka(), "job", Topic.METRICS, Prediction::model))
        .uid("out");
    streams
        .control(new ControlSnapshot(new ControlEpoch("id", 1), List.of(), 0))
        .sinkTo(ResultSinks.of(config.kafka(), "job", Topic.CHECKS, change -> "key"))
        .uid("changes");
    streams
        .deadLetterCounts(Duration.ofMinutes(1))
        .sinkTo(ResultSinks.of(config.kafka(), "job2", Topic.METRICS, MetricPoint::series))
        .uid("counts");
    streams.writeDeadLetters();
    String graph =
        new String(
            InstantiationUtil.serializeObject(env.getStreamGraph().getJobGraph()),
            StandardCharsets.ISO_8859_1);
    // Sources, enumerators and sinks are in it, as text that can be searched.
    assertThat(graph.split("\\Q${file:" + file + "}\\E", -1)).hasSizeGreaterThan(4);
    assertThat(graph).doesNotContain(SECRET).doesNotContain(System.getenv("PATH"));
  }
}
