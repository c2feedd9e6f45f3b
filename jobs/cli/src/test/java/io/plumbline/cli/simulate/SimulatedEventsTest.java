package io.plumbline.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.cli.simulate.Played.Line;
import io.plumbline.events.FeatureValue;
import io.plumbline.events.Label;
import io.plumbline.events.Prediction;
import io.plumbline.events.Topic;
import io.plumbline.events.Value;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.decode.FeatureValueDecoder;
import io.plumbline.runtime.decode.LabelDecoder;
import io.plumbline.runtime.decode.PredictionDecoder;
import io.plumbline.runtime.ingest.Decoder;
import io.plumbline.runtime.ingest.IngestSchema;
import io.plumbline.runtime.ingest.Ingested;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the simulation writes, as the jobs' sources read it. */
class SimulatedEventsTest {
  private static final PlumblineConfig CONFIG = PlumblineConfig.defaults();

  private static final Map<String, Decoder<?>> DECODERS =
      Map.of(
          Topic.PREDICTIONS.standardName(),
              new PredictionDecoder(Map.of(), maxDepth(), CONFIG.ingest().maxFeatures()),
          Topic.LABELS.standardName(), new LabelDecoder(Map.of(), maxDepth()),
          Topic.FEATURES.standardName(), new FeatureValueDecoder(Map.of(), maxDepth()));

  private static final IngestSchema<Object> SCHEMA =
      new IngestSchema<>(
          DECODERS, SimulatedEventsTest::time, TypeInformation.of(Object.class), CONFIG.ingest());

  private static int maxDepth() {
    return CONFIG.ingest().maxDepth();
  }

  private static long time(Object event) {
    if (event instanceof Prediction prediction) {
      return prediction.ts();
    }
    return event instanceof Label label ? label.ts() : ((FeatureValue) event).eventTime();
  }

  /** From the fault on: the values before it are those of {@code none}. */
  @ParameterizedTest
  @CsvSource({
    "none, income",
    "worse, ",
    "unlabelled, ",
    "silent, ",
    "stale, purchases_30d",
    "drift, income",
    "drift, country",
    "nulls, bureau_score",
    "nulls, country",
    "skew, debt_to_income"
  })
  void everyRecordIsAnEventWithWhatTheRecordSays(Fault.Kind kind, String feature) {
    Fault fault = new Fault(kind, Duration.ZERO, World.feature(feature));
    Played played = Played.of(1, fault, Played.START, Duration.ofMinutes(2));
    Set<Topic> topics = EnumSet.of(Topic.PREDICTIONS, Topic.LABELS, Topic.FEATURES);
    if (kind == Fault.Kind.silent) {
      topics.removeAll(EnumSet.of(Topic.PREDICTIONS, Topic.LABELS));
    } else if (kind == Fault.Kind.unlabelled) {
      topics.remove(Topic.LABELS);
    }
    assertThat(played.lines.stream().map(Line::topic).distinct())
        .containsExactlyInAnyOrderElementsOf(topics);
    for (Line line : played.lines) {
      Object event = decoded(line);
      JsonNode json = line.json();
      assertThat(Instant.ofEpochMilli(time(event))).isEqualTo(line.time());
      switch (line.topic()) {
        case PREDICTIONS -> prediction((Prediction) event, json);
        case LABELS ->
            assertThat(event)
                .isEqualTo(
                    new Label(
                        line.key(),
                        line.time().toEpochMilli(),
                        json.get("label").asText(),
                        null,
                        Label.GROUND_TRUTH));
        default ->
            assertThat(event)
                .isEqualTo(
                    new FeatureValue(
                        line.key(),
                        json.get("entity_id").asText(),
                        value(json.get("value")),
                        line.time().toEpochMilli(),
                        json.get("origin").asText().equals("online")
                            ? FeatureValue.Origin.ONLINE
                            : FeatureValue.Origin.OFFLINE,
                        World.FEATURE_VERSION));
      }
    }
  }

  private static Object decoded(Line line) {
    List<Ingested<Object>> ingested = new ArrayList<>();
    SCHEMA.deserialize(
        new ConsumerRecord<>(
            line.topic().standardName(),
            0,
            0,
            line.time().toEpochMilli(),
            TimestampType.CREATE_TIME,
            0,
            0,
            line.key().getBytes(StandardCharsets.UTF_8),
            line.text().getBytes(StandardCharsets.UTF_8),
            new RecordHeaders(),
            Optional.empty()),
        new ListCollector<>(ingested));
    assertThat(ingested).hasSize(1);
    assertThat(ingested.get(0).refusal()).as(line.text()).isNull();
    return ingested.get(0).event();
  }

  private static void prediction(Prediction event, JsonNode json) {
    assertThat(event.predictionId()).isEqualTo(json.get("prediction_id").asText());
    assertThat(event.model()).isEqualTo(World.MODEL);
    assertThat(event.modelVersion()).isEqualTo(json.get("model_version").asText());
    assertThat(event.role())
        .isEqualTo(
            event.modelVersion().equals("v4") ? Prediction.Role.SHADOW : Prediction.Role.CHAMPION);
    assertThat(event.entityId()).isEqualTo(json.get("entity_id").asText());
    if (json.has("error")) {
      assertThat(event.error()).isEqualTo(json.get("error").asText());
      assertThat(event.score()).isNull();
      assertThat(event.predictedLabel()).isNull();
      assertThat(event.confidence()).isNull();
    } else {
      assertThat(event.error()).isNull();
      assertThat(event.score()).isEqualTo(json.get("score").asDouble());
      assertThat(event.predictedLabel()).isEqualTo(json.get("predicted_label").asText());
      assertThat(event.confidence()).isEqualTo(json.get("confidence").asDouble());
    }
    assertThat(event.latencyMs()).isEqualTo(json.get("latency_ms").asDouble());
    JsonNode country = json.at("/segments/country");
    assertThat(event.segments())
        .containsExactly(entry(World.SEGMENT, country.isNull() ? null : country.asText()));
    assertThat(event.features().names().asList())
        .containsExactlyInAnyOrderElementsOf(
            World.FEATURES.stream().map(SimulatedFeature::name).toList());
    for (int i = 0; i < event.features().size(); i++) {
      String name = event.features().names().get(i);
      assertThat(event.features().value(i)).isEqualTo(value(json.get("features").get(name)));
      assertThat(Instant.ofEpochMilli(event.features().time(i)))
          .isEqualTo(Instant.parse(json.get("feature_times").get(name).asText()));
    }
  }

  private static Value value(JsonNode json) {
    if (json.isNull()) {
      return Value.NULL;
    }
    if (json.isTextual()) {
      return Value.of(json.asText());
    }
    return json.isIntegralNumber() ? Value.of(json.asLong()) : Value.of(json.asDouble());
  }
}
