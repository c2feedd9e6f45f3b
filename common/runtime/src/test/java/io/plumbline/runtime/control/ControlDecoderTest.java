package io.plumbline.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.events.ControlMessage;
import io.plumbline.events.EventJson;
import io.plumbline.runtime.config.FeatureConfig;
import io.plumbline.runtime.ingest.Malformed;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlDecoderTest {
  private final ControlDecoder decoder = new ControlDecoder();

  private ControlMessage decode(String json) throws Malformed {
    return decoder.decode(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatIsWrittenIsRead() throws Malformed {
    ControlMessage message = Changes.feature("einkommen €\uD83D\uDE00", "ann", 7).message();
    ControlMessage read = decoder.decode(EventJson.write(message));
    assertThat(read).isEqualTo(message);
    FeatureConfig spec = (FeatureConfig) ControlDecoder.spec(read);
    assertThat(spec.name()).isEqualTo(message.name());
    ControlMessage back = Changes.change(8, "feature", "income", null).message();
    assertThat(decoder.decode(EventJson.write(back))).isEqualTo(back);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "nonsense|not JSON: ",
        "[]|expected an object with at, spec, and as text kind, name and author, found []",
        "{'kind':7,'name':'a','author':'x','at':1,'spec':null}|expected an object with at, spec, and as text kind, name and author, found {",
        "{'kind':'featur','name':'a','author':'x','at':1,'spec':{}}|kind: expected one of feature, model, ",
        "{'kind':'feature','name':'','author':'a','at':1,'spec':null}|name: expected a value, found none",
        "{'kind':'feature','name':'a\\nb','author':'x','at':1,'spec':null}|name: expected no control characters",
        "{'kind':'feature','name':'a','author':'b\\nc','at':1,'spec':null}|author: expected no control characters",
        "{'kind':'feature','name':'a','at':1,'spec':null}|expected an object with at, spec, and as text kind, name and author, found {",
        "{'kind':'feature','name':'a','author':'x','at':'noon','spec':null}|at: expected a time like 2026-11-24T10:00:00Z, found \"noon\"",
        "{'kind':'feature','name':'a','author':'x','at':'+10000-01-01T00:00:00Z','spec':null}|at: expected a time like 2026-11-24T10:00:00Z, found ",
        "{'kind':'feature','name':'a','author':'x','at':1}|expected an object with at, spec, and as text kind, name and author, found {",
        "{'kind':'feature','name':'a','author':'x','at':1,'spec':7}|spec: expected a mapping of keys, found \"7\"",
        "{'kind':'feature','name':'a','author':'x','at':1,'spec':{'type':'number'}}|spec.type: expected one of numeric",
        "{'kind':'feature','name':'a','author':'x','at':1,'spec':{'type':'numeric','x':1}}|spec.x: unknown key",
        "{'kind':'feature','name':'a','name':'b'}|not JSON: ",
      })
  void anythingElseIsRefusedWithAReason(String json, String reason) {
    assertThatThrownBy(() -> decode(json.replace('\'', '"')))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining(reason);
  }

  @Test
  void hostileMessagesAreRefusedInAFewWords() {
    String deep = "[".repeat(100) + "]".repeat(100);
    String start = "{\"kind\":\"feature\",\"name\":\"a\",\"author\":\"x\",\"at\":1,\"spec\":";
    assertThatThrownBy(() -> decode(start + "{\"x\":" + deep + "}}"))
        .hasMessageContaining("not JSON: ");
    assertThatThrownBy(() -> decode(start + "{\"type\":\"" + "x".repeat(100_000) + "\"}}"))
        .isInstanceOf(Malformed.class)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1001));
    assertThatThrownBy(() -> decode(start + "{\"" + "k".repeat(100_000) + "\":1}}"))
        .isInstanceOf(Malformed.class)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1001));
    assertThatThrownBy(
            () ->
                decode(
                    "{\"kind\":\"feature\",\"author\":\"x\",\"at\":1,\"spec\":null,\"name\":\""
                        + "n".repeat(257)
                        + "\"}"))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("name: expected at most 256 characters, found 257");
  }
}
