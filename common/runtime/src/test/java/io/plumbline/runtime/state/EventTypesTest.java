package io.plumbline.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.events.Answer;
import io.plumbline.events.FeatureValue;
import io.plumbline.events.FeatureValue.Origin;
import io.plumbline.events.Label;
import io.plumbline.events.Prediction;
import io.plumbline.events.Prediction.Role;
import io.plumbline.events.Segment;
import io.plumbline.events.Value;
import io.plumbline.runtime.decode.PredictionDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class EventTypesTest {
  private static <T> TypeSerializer<T> serializer(TypeInformation<T> type) {
    return type.createSerializer(new SerializerConfigImpl());
  }

  private static <T> T throughBytes(TypeSerializer<T> serializer, T event) throws IOException {
    DataOutputSerializer first = new DataOutputSerializer(64);
    serializer.serialize(event, first);
    DataOutputSerializer second = new DataOutputSerializer(64);
    serializer.copy(new DataInputDeserializer(first.getCopyOfBuffer()), second);
    DataInputDeserializer in = new DataInputDeserializer(second.getCopyOfBuffer());
    T read = serializer.deserialize(in);
    assertThat(in.available()).isZero();
    return read;
  }

  private static Prediction prediction(String json) throws Exception {
    return new PredictionDecoder(Map.of(), 8, 10_000).decode(json.getBytes(StandardCharsets.UTF_8));
  }

  private static final String WHOLE =
      """
      {"prediction_id": "p-\\u00e9\\ud83d\\ude00", "model": "m", "model_version": "v", "ts": 5,
       "role": "shadow", "score": {"a": 0.1}, "entity_id": "e", "value": 1, "confidence": 0.5,
       "predicted_label": 1, "latency_ms": 2, "error": "", "segments": {"country": "DE", "x": null},
       "features": {"a": 1.5, "b": 9007199254740993, "c": "x", "d": null, "e": [1, 2], "f": true,
                    "g": {}, "h": NaN},
       "feature_times": {"a": 7, "only_a_time": 9}}
      """;

  @Test
  void eventsAreReadBackAsWritten() throws Exception {
    TypeSerializer<Prediction> predictions = serializer(EventTypes.PREDICTION);
    Prediction whole = prediction(WHOLE);
    assertThat(throughBytes(predictions, whole)).isEqualTo(whole);
    Prediction least =
        prediction(
            "{\"prediction_id\":1,\"model\":\"m\",\"model_version\":1,\"ts\":5,\"score\":0.5}");
    assertThat(throughBytes(predictions, least)).isEqualTo(least);
    assertThat(least.role()).isNull();
    Prediction champion = prediction(WHOLE.replace("shadow", "champion"));
    assertThat(throughBytes(predictions, champion)).isEqualTo(champion);
    assertThat(throughBytes(predictions, whole)).isEqualTo(whole);
    Label label = new Label("p", 5, "1.5", 1.5, "proxy:x");
    assertThat(throughBytes(serializer(EventTypes.LABEL), label)).isEqualTo(label);
    for (Value value :
        new Value[] {
          Value.NULL, Value.OTHER, Value.of(1.5), Value.of(7L), Value.of("x"), Value.of(false)
        }) {
      FeatureValue event = new FeatureValue("f", "e", value, 5, Origin.ONLINE, null);
      assertThat(throughBytes(serializer(EventTypes.FEATURE_VALUE), event)).isEqualTo(event);
    }
  }

  @Test
  void answersAreReadBackAsWrittenAndTakeWhatTheyHave() throws Exception {
    TypeSerializer<Answer> answers = serializer(EventTypes.ANSWER);
    Answer whole = Answer.of(prediction(WHOLE), List.of("country", "x", "b", "a", "nowhere"));
    assertThat(whole.segments())
        .containsEntry("b", Segment.of("b", "9007199254740993"))
        .containsEntry("a", Segment.ofOthers("a"))
        .containsOnlyKeys("country", "b", "a");
    assertThat(throughBytes(answers, whole)).isEqualTo(whole);
    Answer least =
        Answer.of(
            prediction(
                "{\"prediction_id\":\"p\",\"model\":\"m\",\"model_version\":\"v\",\"ts\":5,\"score\":0.5}"),
            List.of());
    assertThat(least.role()).isNull();
    assertThat(throughBytes(answers, least)).isEqualTo(least);
    for (Role role : Role.values()) {
      assertThat(throughBytes(answers, least.in(role)).role()).isEqualTo(role);
    }
    DataOutputSerializer out = new DataOutputSerializer(64);
    answers.serialize(least, out);
    assertThat(out.length()).isEqualTo(1 + 2 + 3 * 5 + 8 + 8);
  }

  @Test
  void eventsOfOneFormShareTheirNamesAfterTheWireToo() throws Exception {
    TypeSerializer<Prediction> predictions = serializer(EventTypes.PREDICTION);
    Prediction first = throughBytes(predictions, prediction(WHOLE));
    Prediction second = throughBytes(predictions, prediction(WHOLE));
    assertThat(second.features().names()).isSameAs(first.features().names());
  }

  @Test
  void anUnknownVersionIsRefusedAndASnapshotFindsItsForm() throws Exception {
    TypeSerializer<Label> labels = serializer(EventTypes.LABEL);
    assertThatThrownBy(() -> labels.deserialize(new DataInputDeserializer(new byte[] {9, 0})))
        .isInstanceOf(IOException.class)
        .hasMessage("expected an event of version 1 to 1, found 9");
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, labels.snapshotConfiguration());
    TypeSerializerSnapshot<Label> read =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());
    assertThat(read.restoreSerializer()).isEqualTo(labels);
    assertThat(labels.snapshotConfiguration().resolveSchemaCompatibility(read).isCompatibleAsIs())
        .isTrue();
  }
}
