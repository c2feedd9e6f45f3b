package io.plumbline.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.runtime.ingest.Malformed;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultDecoderTest {
  private static final String GOOD =
      Points.json(Points.point("psi{}", "drift", 0.3, Instant.parse("2026-11-24T11:00:00.123Z")));

  private final ResultDecoder decoder = new ResultDecoder(ArchiveTable.METRIC_POINTS, 32);

  private ResultState decode(String json) throws Malformed {
    return decoder.decode(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aPointIsKeptAsItCame() throws Malformed {
    ResultState state = decode(GOOD);
    assertThat(state.table()).isEqualTo("metric_points");
    assertThat(state.job()).isEqualTo("drift");
    assertThat(state.date()).hasToString("2026-11-24");
    assertThat(new String(state.json(), StandardCharsets.UTF_8)).isEqualTo(GOOD);
  }

  @Test
  void statesOfOnePointHaveOneIdentity() throws Malformed {
    assertThat(decode(GOOD.replace("0.3", "0.4")).identity()).isEqualTo(decode(GOOD).identity());
    assertThat(decode(GOOD.replace("T10:00:00", "T09:00:00")).identity())
        .isNotEqualTo(decode(GOOD).identity());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"value\":0.3 | \"value\":\"0.3\" | expected a number, found \"0.3\" at /value",
        "\"count\":10 | \"count\":10.5 | expected a whole number, found 10.5 at /count",
        "\"count\":10 | \"count\":null | at /count",
        "\"model\":\"credit\" | \"model\":7 | expected text, found 7 at /model",
        "\"reference\":\"v3\" | \"reference\":3 | expected text, found 3 at /labels/reference",
        "\"final\":true | \"final\":\"yes\" | expected true or false, found \"yes\" at /final",
        "\"series\":\"psi{}\" | \"series\":\"\" | expected text, found an empty text at /series",
        "\"job\":\"drift\" | \"jib\":\"drift\" | expected text, found nothing at /job",
        "2026-11-24T11:00:00.123Z | yesterday | expected a time in ISO-8601 with offset, found \"yesterday\" at /computed_at",
        "\"count\":10 | \"count\":10,\"count\":11 | Duplicate field 'count'",
      })
  void aMistypedFieldIsNamed(String good, String bad, String reason) {
    assertThat(GOOD).contains(good);
    assertThatThrownBy(() -> decode(GOOD.replace(good, bad)))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining(reason);
  }

  @Test
  void whatIsNotJsonIsRefused() {
    assertThatThrownBy(() -> decode("")).isInstanceOf(Malformed.class);
    assertThatThrownBy(() -> decode("[]")).hasMessage("expected an object, found a list");
    assertThatThrownBy(() -> decode("12")).hasMessage("expected an object, found a number");
    assertThatThrownBy(() -> decode(GOOD + GOOD)).hasMessageContaining("Trailing token");
    assertThatThrownBy(() -> decode("[".repeat(100_000))).hasMessageContaining("nesting depth");
    for (Charset charset : new Charset[] {StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE}) {
      assertThatThrownBy(() -> decoder.decode(GOOD.getBytes(charset)))
          .hasMessageContaining("expected UTF-8");
    }
    assertThatThrownBy(
            () -> decoder.decode(GOOD.replace("income", "ä").getBytes(StandardCharsets.ISO_8859_1)))
        .hasMessageContaining("Invalid UTF-8");
  }

  /** Whatever comes: a state or a reason, never anything else. */
  @Test
  void anyBytesGiveAStateOrAReason() {
    Random random = new Random(7);
    byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = good.clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(decoder.decode(bytes).identity()).isNotEmpty();
      } catch (Malformed e) {
        assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(400);
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(5_000);
  }
}
