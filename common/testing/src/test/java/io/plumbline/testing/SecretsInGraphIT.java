package io.plumbline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.MetricPoint;
import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.config.KafkaConfig.Delivery;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.ControlEpoch;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.kafka.EventStreams;
import io.plumbline.runtime.kafka.JobResults;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is sent to the cluster, and kept there, names secrets and holds none. */
class SecretsInGraphIT {
  @RegisterExtension final KafkaExtension kafka = new KafkaExtension();

  private static final String SECRET = "a-password-in-a-file";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void theGraphHoldsPlaceholdersOnly(Delivery delivery) throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), SECRET);
    KafkaConfig topics = kafka.topics().config();
    Map<String, String> properties = new HashMap<>(topics.properties());
    properties.put(
        "sasl.jaas.config", "login user=\"${env:PATH}\" password=\"${file:%s}\";".formatted(file));
    PlumblineConfig config =
        PlumblineConfig.defaults()
            .withKafka(new KafkaConfig(properties, delivery, topics.topics()));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    EventStreams streams = new EventStreams(env, config, "job", Duration.ZERO);
    DataStream<MetricPoint> points =
        streams
            .predictions()
            .map(prediction -> (MetricPoint) null)
            .returns(MetricPoint.class)
            .uid("points");
    streams
        .control(new ControlSnapshot(new ControlEpoch("id", 1), List.of(), 0))
        .sinkTo(new DiscardingSink<>())
        .uid("changes");
    new JobResults(streams).metrics(points).deadLetterCounts(Duration.ofMinutes(1)).write();
    String graph =
        new String(
            InstantiationUtil.serializeObject(env.getStreamGraph().getJobGraph()),
            StandardCharsets.ISO_8859_1);
    // Sources, enumerators and sinks are in it, as text that can be searched.
    assertThat(graph.split("\\Q${file:" + file + "}\\E", -1)).hasSizeGreaterThan(4);
    assertThat(graph).doesNotContain(SECRET).doesNotContain(System.getenv("PATH"));
  }
}
