package io.plumbline.runtime.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.events.DriftResult;
import io.plumbline.events.EventJson;
import io.plumbline.events.FeatureCheck;
import io.plumbline.events.MetricPoint;
import io.plumbline.runtime.ingest.Malformed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultDecoderTest {
  private static final Instant TEN = Instant.parse("2026-11-24T10:00:00Z");
  private static final Instant ELEVEN = Instant.parse("2026-11-24T11:00:00Z");

  private static byte[] utf8(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatAJobHasWrittenIsReadAsItWas() throws Malformed {
    MetricPoint point =
        new MetricPoint(
            "psi{}",
            "psi",
            null,
            10,
            TEN,
            ELEVEN,
            "credit",
            "v3",
            "income",
            "",
            "drift",
            "data",
            Map.of("reference", "v3"),
            0.5,
            null,
            true,
            ELEVEN);
    assertThat(ResultDecoder.metrics().decode(EventJson.write(point))).isEqualTo(point);
    DriftResult result =
        DriftResult.identity(
                "{feature=\"income\"}", "income", "", TEN, ELEVEN, "drift", "credit", "v3", "v3")
            .withdraw(ELEVEN);
    assertThat(ResultDecoder.drift().decode(EventJson.write(result))).isEqualTo(result);
  }

  @Test
  void aCheckMayBeOfNoModel() throws Malformed {
    String check =
        """
        {"feature":"income","segment":"","window_start":"2026-11-24T10:00:00Z",\
        "window_end":"2026-11-24T11:00:00Z","rows":7,"is_healthy":true,"issues":["stale"],\
        "withdrawn":false,"computed_at":"2026-11-24T11:00:00Z","job":"feature-health"}""";
    FeatureCheck read = ResultDecoder.checks().decode(utf8(check));
    assertThat(read.feature()).isEqualTo("income");
    assertThat(read.model()).isNull();
    assertThat(read.windowEnd()).isEqualTo(ELEVEN);
    assertThat(read.issues()).containsExactly("stale");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"value\":1 | \"value\":\"1\" | expected a number, found \"1\" at /value",
        "\"job\":\"j\" | \"job\":\"\" | expected a value, found an empty text at /job",
        "\"job\":\"j\" | \"jib\":\"j\" | expected a value, found nothing at /job",
        "\"window_end\":3 | \"window_end\":null | expected a value, found null at /window_end",
        "\"window_end\":3 | \"end\":3 | expected a value, found nothing at /window_end",
        "\"computed_at\":4 | \"computed\":4 | expected a value, found nothing at /computed_at",
        "\"computed_at\":4 | \"computed_at\":\"now\" | found \"now\" at /computed_at",
        "\"series\":\"s\" | \"series\":7 | expected text, found 7 at /series",
        "\"metric\":\"m\" | \"name\":\"m\" | expected a value, found nothing at /metric",
        "\"final\":true | \"final\":1 | expected true or false, found 1 at /final",
      })
  void whatIsNoPointIsRefusedWithTheReason(String good, String bad, String reason)
      throws Malformed {
    String point =
        """
        {"series":"s","metric":"m","value":1,"count":2,"window_start":2,"window_end":3,\
        "bound":0,"job":"j","final":true,"computed_at":4}""";
    assertThat(ResultDecoder.metrics().decode(utf8(point)).isFinal()).isTrue();
    assertThat(point).contains(good);
    assertThatThrownBy(() -> ResultDecoder.metrics().decode(utf8(point.replace(good, bad))))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining(reason);
    assertThatThrownBy(() -> ResultDecoder.metrics().read(utf8(point.replace(good, bad))))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining(reason);
  }

  @Test
  void flinkSerialisesThemWithoutKryo() {
    Configuration strict = new Configuration();
    strict.set(PipelineOptions.GENERIC_TYPES, false);
    SerializerConfigImpl config = new SerializerConfigImpl(strict);
    for (ResultDecoder<?> decoder :
        List.of(ResultDecoder.metrics(), ResultDecoder.checks(), ResultDecoder.drift())) {
      var serializer = TypeInformation.of(decoder.type()).createSerializer(config);
      assertThat(serializer.getClass().getSimpleName()).isEqualTo("PojoSerializer");
    }
  }
}
