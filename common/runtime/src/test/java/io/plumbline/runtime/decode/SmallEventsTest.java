package io.plumbline.runtime.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.events.FeatureValue;
import io.plumbline.events.FeatureValue.Origin;
import io.plumbline.events.Label;
import io.plumbline.events.Value;
import io.plumbline.runtime.ingest.Decoder;
import io.plumbline.runtime.ingest.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labels and values of features. */
class SmallEventsTest {
  private final LabelDecoder labels = new LabelDecoder(Map.of(), 8);
  private final FeatureValueDecoder values = new FeatureValueDecoder(Map.of(), 8);

  private static <T> T decode(Decoder<T> decoder, String json) throws Malformed {
    return decoder.decode(json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "true, true, ",
    "'\"true\"', true, ",
    "1, 1, 1",
    "1.0, 1, 1",
    "-0.5, -0.5, -0.5",
    "'\"spam\"', spam, ",
    "12345678901234567890, 12345678901234567890, 12345678901234567890"
  })
  void aLabelIsTextAndANumberWhereItIsOne(String json, String text, Double number)
      throws Malformed {
    Label label = decode(labels, "{\"prediction_id\":\"p\",\"ts\":5,\"label\":%s}".formatted(json));
    assertThat(label).isEqualTo(new Label("p", 5, text, number, "ground_truth"));
  }

  @Test
  void aLabelMayBeAStandIn() throws Malformed {
    String json = "{\"prediction_id\":\"p\",\"ts\":5,\"label\":1,\"kind\":\"%s\"}";
    assertThat(decode(labels, json.formatted("proxy:click")).kind()).isEqualTo("proxy:click");
    assertThatThrownBy(() -> decode(labels, json.formatted("proxy:")))
        .hasMessage("expected ground_truth or proxy:NAME, found \"proxy:\" at /kind");
    assertThatThrownBy(() -> decode(labels, json.formatted("proxy:x").replace(":1", ":null")))
        .hasMessage("expected a value, found none at /label");
    assertThatThrownBy(() -> decode(labels, json.formatted("proxy:x").replace(":1", ":[1]")))
        .hasMessage("expected text, number or boolean, found a list at /label");
  }

  @Test
  void aFeaturesValueMayBeNullButMustStandThere() throws Malformed {
    String json =
        "{\"feature\":\"f\",\"entity_id\":\"e\",\"event_time\":5,\"origin\":\"offline\","
            + "\"version\":1.0,\"value\":%s}";
    assertThat(decode(values, json.formatted("2.5")))
        .isEqualTo(new FeatureValue("f", "e", Value.of(2.5), 5, Origin.OFFLINE, "1"));
    assertThat(decode(values, json.formatted("null")).value()).isEqualTo(Value.NULL);
    assertThatThrownBy(() -> decode(values, json.formatted("1").replace("value", "valu")))
        .hasMessage("expected a value, found none at /value");
    assertThat(decode(values, "{\"feature\":\"f\",\"entity_id\":1,\"event_time\":5,\"value\":[1]}"))
        .isEqualTo(new FeatureValue("f", "1", Value.of(new double[] {1}), 5, null, null));
  }
}
