package io.plumbline.runtime.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.plumbline.events.Answer;
import io.plumbline.events.FeatureValues;
import io.plumbline.events.Prediction;
import io.plumbline.events.Prediction.Role;
import io.plumbline.events.Segment;
import io.plumbline.events.Value;
import io.plumbline.events.ValueKind;
import io.plumbline.runtime.ingest.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictionDecoderTest {
  private static final String LEAST =
      "\"prediction_id\":\"p\",\"model\":\"m\",\"model_version\":\"v\",\"ts\":1764065730123";

  private final PredictionDecoder decoder = new PredictionDecoder(Map.of(), 8, 10_000);

  private Prediction decode(String json) throws Malformed {
    return decoder.decode(json.getBytes(StandardCharsets.UTF_8));
  }

  private Prediction with(String more) throws Malformed {
    return decode("{" + LEAST + "," + more + "}");
  }

  @Test
  void aRecordWithAllFieldsIsReadWhole() throws Malformed {
    Prediction prediction =
        decode(
            """
            {"prediction_id": "p-1", "model": "credit", "model_version": "v3", "role": "shadow",
             "ts": "2025-11-25T10:15:30.123Z",
             "features": {"income": 12.5, "age": 41, "country": "DE", "new": true, "gone": null,
                          "text": [1, 2.5, null], "odd": {"a": [1]}, "mixed": [1, "x", {"y": 2}]},
             "feature_times": {"income": "2025-11-25T10:15:30Z", "age": null, "late": 5},
             "entity_id": 77, "score": 0.25, "value": 3, "predicted_label": false,
             "confidence": 0.75, "segments": {"country": "DE", "channel": null, "n": 1},
             "latency_ms": 12.5, "error": "timeout", "unknown": {"deep": [[1], {"x": 2}]}}
            """);
    assertThat(prediction.predictionId()).isEqualTo("p-1");
    assertThat(prediction.model()).isEqualTo("credit");
    assertThat(prediction.modelVersion()).isEqualTo("v3");
    assertThat(prediction.role()).isEqualTo(Role.SHADOW);
    assertThat(prediction.ts()).isEqualTo(1764065730123L);
    assertThat(prediction.entityId()).isEqualTo("77");
    assertThat(prediction.score()).isEqualTo(0.25);
    assertThat(prediction.scores()).isNull();
    assertThat(prediction.value()).isEqualTo(3.0);
    assertThat(prediction.predictedLabel()).isEqualTo("false");
    assertThat(prediction.confidence()).isEqualTo(0.75);
    assertThat(prediction.segments())
        .containsExactly(entry("country", "DE"), entry("channel", null), entry("n", "1"));
    assertThat(prediction.latencyMs()).isEqualTo(12.5);
    assertThat(prediction.error()).isEqualTo("timeout");
    FeatureValues features = prediction.features();
    assertThat(features.names().asList())
        .containsExactly("income", "age", "country", "new", "gone", "text", "odd", "mixed", "late");
    assertThat(features.value(0)).isEqualTo(Value.of(12.5));
    assertThat(features.value(1)).isEqualTo(Value.of(41L));
    assertThat(features.value(2)).isEqualTo(Value.of("DE"));
    assertThat(features.value(3)).isEqualTo(Value.of(true));
    assertThat(features.value(4)).isEqualTo(Value.NULL);
    assertThat(features.value(5)).isEqualTo(Value.of(new double[] {1, 2.5, Double.NaN}));
    assertThat(features.kind(6)).isEqualTo(ValueKind.OTHER);
    assertThat(features.kind(7)).isEqualTo(ValueKind.OTHER);
    assertThat(features.kind(8)).isEqualTo(ValueKind.ABSENT);
    assertThat(features.time(0)).isEqualTo(1764065730000L);
    assertThat(features.time(1)).isEqualTo(FeatureValues.NO_TIME);
    assertThat(features.time(8)).isEqualTo(5);
  }

  @Test
  void aRecordWithTheLeastIsEnough() throws Malformed {
    Prediction prediction = with("\"score\":null");
    assertThat(prediction.role()).isNull();
    assertThat(prediction.score()).isNull();
    assertThat(prediction.features()).isSameAs(FeatureValues.NONE);
    assertThat(prediction.segments()).isEmpty();
  }

  @Test
  void nothingOfOneRecordIsLeftInTheNext() throws Malformed {
    with("\"score\":1,\"error\":\"e\",\"segments\":{\"a\":1},\"features\":{\"a\":\"x\",\"b\":2}");
    assertThatThrownBy(() -> with("\"features\":{\"a\":1,\"b\":2},\"ts\":1"))
        .isInstanceOf(Malformed.class);
    Prediction prediction = with("\"features\":{\"a\":1}");
    assertThat(prediction.score()).isNull();
    assertThat(prediction.error()).isNull();
    assertThat(prediction.segments()).isEmpty();
    assertThat(prediction.features().names().asList()).containsExactly("a");
    assertThat(prediction.features().value(0)).isEqualTo(Value.of(1L));
  }

  @Test
  void recordsOfTheSameFormShareTheirNames() throws Malformed {
    FeatureValues first = with("\"features\":{\"a\":1,\"b\":2}").features();
    FeatureValues second = with("\"features\":{\"a\":3,\"b\":null}").features();
    FeatureValues shorter = with("\"features\":{\"a\":3}").features();
    FeatureValues again = with("\"features\":{\"a\":4,\"b\":5}").features();
    FeatureValues turned = with("\"features\":{\"b\":4,\"a\":5}").features();
    assertThat(second.names()).isSameAs(first.names());
    assertThat(again.names()).isSameAs(first.names());
    assertThat(shorter.names().asList()).containsExactly("a");
    assertThat(turned.names().asList()).containsExactly("b", "a");
    assertThat(again.number(1)).isEqualTo(5);
    // What was read before does not change when the reader's arrays are used again.
    assertThat(first.number(0)).isEqualTo(1);
  }

  @Test
  void numbersAreExact() throws Malformed {
    FeatureValues features =
        with("\"features\":{\"big\":9007199254740993,\"bigger\":18446744073709551616,\"tiny\":4.9e-324,"
                + "\"nan\":NaN,\"inf\":-Infinity,\"over\":1e999,\"pi\":3.141592653589793,\"minus\":-0.0}")
            .features();
    assertThat(features.integer(0)).isEqualTo(9007199254740993L);
    assertThat(features.kind(0)).isEqualTo(ValueKind.INTEGER);
    assertThat(features.value(1)).isEqualTo(Value.of(0x1p64));
    assertThat(features.number(2)).isEqualTo(Double.MIN_VALUE);
    assertThat(features.number(3)).isNaN();
    assertThat(features.number(4)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(features.number(5)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(features.number(6)).isEqualTo(Math.PI);
    assertThat(features.value(7)).isEqualTo(Value.of(-0.0));
  }

  @Test
  void aScoreMayBeOneForEachClass() throws Malformed {
    Prediction prediction = with("\"score\":{\"a\":0.25,\"b\":0.75}");
    assertThat(prediction.score()).isNull();
    assertThat(prediction.scores()).isEqualTo(Map.of("a", 0.25, "b", 0.75));
    assertThat(with("\"score\":NaN").score()).isNaN();
  }

  @Test
  void manyFeaturesFit() throws Malformed {
    StringBuilder json = new StringBuilder("\"features\":{");
    for (int i = 0; i < 1000; i++) {
      json.append(i == 0 ? "" : ",").append("\"f").append(i).append("\":");
      json.append(i % 2 == 0 ? "\"t" + i + "\"" : "" + i);
    }
    FeatureValues features = with(json.append('}').toString()).features();
    assertThat(features.size()).isEqualTo(1000);
    assertThat(features.text(998)).isEqualTo("t998");
    assertThat(features.integer(999)).isEqualTo(999);
  }

  private static String object(String name, int entries) {
    return IntStream.range(0, entries)
        .mapToObj(i -> "\"f%d\":%d".formatted(i, i))
        .collect(Collectors.joining(",", "\"" + name + "\":{", "}"));
  }

  @ParameterizedTest
  @CsvSource({
    "features,features,/features",
    "feature_times,features,/feature_times",
    "segments,segments,/segments",
    "score,scores,/score"
  })
  void anObjectWithMoreEntriesThanTheLimitIsRefusedBeforeItsEnd(
      String field, String what, String place) throws Malformed {
    PredictionDecoder narrow = new PredictionDecoder(Map.of(), 8, 3);
    String head = "{" + LEAST + ",";
    assertThat(decode(narrow, head + object(field, 3) + "}").ts()).isEqualTo(1764065730123L);
    // What comes after it is no JSON: nobody has looked at it.
    assertThatThrownBy(
            () ->
                decode(narrow, head + object(field, 3).replace("}", ",\"x\":[1],\"y\":2,nonsense")))
        .isInstanceOf(Malformed.class)
        .hasMessage("expected at most 3 %s, found more at %s".formatted(what, place));
  }

  @Test
  void theLimitHoldsForFlatRecordsAndForTimesOfOtherFeatures() {
    PredictionDecoder flat = new PredictionDecoder(Map.of("features", ""), 8, 2);
    assertThatThrownBy(() -> decode(flat, "{" + LEAST + ",\"a\":1,\"b\":2,\"c\":3}"))
        .hasMessage("expected at most 2 features, found more");
    PredictionDecoder narrow = new PredictionDecoder(Map.of(), 8, 2);
    assertThatThrownBy(
            () ->
                decode(
                    narrow,
                    "{" + LEAST + ",\"features\":{\"a\":1,\"b\":2},\"feature_times\":{\"c\":3}}"))
        .hasMessage("expected at most 2 features, found 3 with those that have only a time");
  }

  private static Prediction decode(PredictionDecoder by, String json) throws Malformed {
    return by.decode(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatAProjectionLeavesOutIsReadPastAndMustStillBeJson() throws Malformed {
    PredictionDecoder slim =
        new PredictionDecoder(Map.of(), 8, 3, Projection.of(List.of("country", "gone")));
    String json =
        "{%s,\"features\":{\"a\":[1,{\"b\":2}],\"country\":\"DE\",\"c\":\"x\"},\"feature_times\":{\"a\":%s},\"score\":0.5}";
    Prediction prediction = decode(slim, json.formatted(LEAST, "5"));
    assertThat(prediction.features().names().asList()).containsExactly("country");
    assertThat(prediction.features().text(0)).isEqualTo("DE");
    assertThat(prediction.features().time(0)).isEqualTo(FeatureValues.NO_TIME);
    assertThat(prediction.score()).isEqualTo(0.5);
    assertThatThrownBy(() -> decode(slim, json.formatted(LEAST, "05")))
        .hasMessageContaining("not JSON");
    assertThatThrownBy(() -> decode(slim, "{" + LEAST + "," + object("features", 4) + "}"))
        .hasMessage("expected at most 3 features, found more at /features");
  }

  @Test
  void anAnswersSegmentsAreTheEventsElseItsFeatures() throws Malformed {
    AnswerDecoder answers =
        new AnswerDecoder(
            Map.of(),
            8,
            100,
            List.of("country", "tier", "age", "rate", "share", "vip", "none", "gone"));
    Answer answer =
        answers.decode(
            """
            {%s,"role":"shadow","features":{"country":"FR","tier":"gold","age":41,"rate":2.0,"share":0.5,"vip":true,"none":null,"x":1},
             "segments":{"country":"DE","channel":"web"},"score":{"a":0.5},"predicted_label":true}
            """
                .formatted(LEAST)
                .getBytes(StandardCharsets.UTF_8));
    assertThat(answer.segments())
        .containsExactly(
            Map.entry("country", Segment.of("country", "DE")),
            Map.entry("tier", Segment.of("tier", "gold")),
            Map.entry("age", Segment.of("age", "41")),
            Map.entry("rate", Segment.of("rate", "2")),
            Map.entry("share", Segment.ofOthers("share")),
            Map.entry("vip", Segment.of("vip", "true")));
    assertThat(answer.role()).isEqualTo(Role.SHADOW);
    assertThat(answer.scores()).isEqualTo(Map.of("a", 0.5));
    assertThat(answer.predictedLabel()).isEqualTo("true");
  }

  @Test
  void aUsersOwnFieldsAreFoundByTheirPointers() throws Malformed {
    PredictionDecoder own =
        new PredictionDecoder(
            Map.of(
                "prediction_id", "/meta/id",
                "ts", "/meta/time",
                "model", "/meta/models/1/na~1me",
                "model_version", "/inputs/version",
                "features", "/inputs",
                "score", "/output/probability"),
            8,
            10_000);
    String json =
        """
        {"meta": {"id": 7, "other": {"id": 8}, "time": 1764065730123,
                  "models": ["x", {"na/me": "credit"}]},
         "prediction_id": "not this", "inputs": {"a": 1, "version": "v3", "b": "x"},
         "output": {"probability": 0.5}, "score": "not this"}
        """;
    Prediction prediction = own.decode(json.getBytes(StandardCharsets.UTF_8));
    assertThat(prediction.predictionId()).isEqualTo("7");
    assertThat(prediction.model()).isEqualTo("credit");
    assertThat(prediction.modelVersion()).isEqualTo("v3");
    assertThat(prediction.score()).isEqualTo(0.5);
    assertThat(prediction.features().names().asList()).containsExactly("a", "b");
  }

  @Test
  void theFeaturesOfAFlatRecordAreWhatIsNothingElse() throws Malformed {
    PredictionDecoder flat = new PredictionDecoder(Map.of("features", ""), 8, 10_000);
    String json = "{" + LEAST + ",\"score\":0.5,\"income\":12,\"country\":\"DE\"}";
    Prediction prediction = flat.decode(json.getBytes(StandardCharsets.UTF_8));
    assertThat(prediction.score()).isEqualTo(0.5);
    assertThat(prediction.features().names().asList()).containsExactly("income", "country");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "[]|expected an object, found a list",
        "7|expected an object, found 7",
        "{\"model\":\"m\"}|expected a value, found none at /prediction_id",
        "{LEAST} x|not JSON: Unrecognized token 'x'",
        "{LEAST} 1|expected nothing after the object, found 1",
        "{LEAST|not JSON: Unexpected end-of-input",
        "{LEAST,}|not JSON: Unexpected character ('}'",
        "{LEAST,\"score\":\"n/a\"}|expected a number, found \"n/a\" at /score",
        "{LEAST,\"score\":{\"a\":true}}|expected a number, found true at /score/a",
        "{LEAST,\"role\":\"boss\"}|expected one of champion, shadow, found \"boss\" at /role",
        "{LEAST,\"model\":\"twice\"}|the field stands twice at /model",
        "{LEAST,\"features\":7}|expected an object, found 7 at /features",
        "{LEAST,\"features\":{\"a\":1,\"a\":2}}|the feature a stands twice",
        "{LEAST,\"segments\":{\"a\":{}}}|expected text, number or boolean, found an object at /segments/a",
        "{LEAST,\"segments\":{\"a\":null,\"a\":null}}|the segment stands twice at /segments/a",
        "{LEAST,\"segments\":{\"a\":1,\"a\":2}}|the segment stands twice at /segments/a",
        "{LEAST,\"feature_times\":{\"a\":\"noon\"}}|expected a time in ISO-8601 with offset or epoch milliseconds, found \"noon\" at /feature_times/a",
        "{LEAST,\"x\":[[[[[[[[[[1]]]]]]]]]]}|nesting depth (9) exceeds the maximum allowed (8",
        "{LEAST,\"error\":\"\u0001\"}|not JSON: Illegal unquoted character",
        "{\"prediction_id\":true}|expected text, found true at /prediction_id",
        "{\"prediction_id\":\"\"}|expected text that is not empty at /prediction_id",
        "{\"prediction_id\":\"p\",\"ts\":\"2025-02-29T00:00:00Z\"}|expected a time in ISO-8601 with offset or epoch milliseconds, found \"2025-02-29T00:00:00Z\" at /ts",
        "{\"prediction_id\":\"p\",\"ts\":1.5}|expected a time in ISO-8601 with offset or epoch milliseconds, found 1.5 at /ts",
        "{\"prediction_id\":\"p\",\"ts\":253402300800000}|expected a time in the years 1 to 9999, found 253402300800000 at /ts",
        "{\"prediction_id\":\"p\",\"ts\":99999999999999999999}|not JSON: Numeric value (99999999999999999999) out of range of long",
      })
  void whatCannotBeReadSaysWhyAndWhere(String json, String reason) {
    assertThatThrownBy(() -> decode(json.replace("LEAST", LEAST)))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining(reason);
  }

  @Test
  void otherEncodingsAndEndlessNamesAreRefused() {
    assertThatThrownBy(() -> decoder.decode("{}".getBytes(StandardCharsets.UTF_16)))
        .isInstanceOf(Malformed.class)
        .hasMessage("expected UTF-8, found byte 0xFE at the start");
    assertThatThrownBy(
            () -> decoder.decode(new byte[] {'{', '"', 'a', (byte) 0xC3, '(', '"', ':', '1', '}'}))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("not JSON: Invalid UTF-8");
    assertThatThrownBy(() -> decode("{\"prediction_id\":\"" + "x".repeat(2000) + "\"}"))
        .isInstanceOf(Malformed.class)
        .hasMessage("expected at most 1024 characters, found 2000 at /prediction_id");
    assertThatThrownBy(() -> decoder.decode(new byte[0]))
        .isInstanceOf(Malformed.class)
        .hasMessage("expected an object, found nothing");
  }
}
