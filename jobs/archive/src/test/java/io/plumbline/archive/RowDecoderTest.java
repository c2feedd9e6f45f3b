package io.plumbline.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.events.EventJson;
import io.plumbline.runtime.ingest.Malformed;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowDecoderTest {
  private static final String GOOD =
      Points.json(Points.point("psi{}", "drift", 0.3, Instant.parse("2026-11-24T11:00:00.123Z")));

  private final RowDecoder decoder = new RowDecoder(ArchiveTable.METRIC_POINTS);

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
        "\"count\":10 | \"county\":10 | expected a whole number, found nothing at /count",
        "\"model\":\"credit\" | \"model\":7 | expected text, found 7 at /model",
        "\"reference\":\"v3\" | \"reference\":3 | expected text, found 3 at /labels/reference",
        "\"final\":true | \"final\":\"yes\" | expected true or false, found \"yes\" at /final",
        "\"series\":\"psi{}\" | \"series\":\"\" | expected a value, found an empty text at /series",
        "\"job\":\"drift\" | \"jib\":\"drift\" | expected a value, found nothing at /job",
        "2026-11-24T11:00:00.123Z | yesterday | expected a time in ISO-8601 with offset, of the years 1 to 9999, found \"yesterday\" at /computed_at",
        "2026-11-24T11:00:00.123Z | +999999999-01-01T00:00:00Z | found \"+999999999-01-01T00:00:00Z\" at /computed_at",
        "2026-11-24T10:00:00.000Z | +999999999-01-01T00:00:00Z | found \"+999999999-01-01T00:00:00Z\" at /window_start",
        "2026-11-24T10:00:00.000Z | 0000-12-31T23:59:59Z | found \"0000-12-31T23:59:59Z\" at /window_start",
        "\"2026-11-24T10:00:00.000Z\" | 9223372036854775807 | found 9223372036854775807 at /window_start",
        "\"2026-11-24T10:00:00.000Z\" | 1.5 | found 1.5 at /window_start",
        "\"2026-11-24T10:00:00.000Z\" | null | expected a value, found null at /window_start",
        "\"value\":0.3 | \"value\":\"NaN\" | expected a number, found \"NaN\" at /value",
        "\"value\":0.3 | \"value\":1e999 | expected a number, found \"Infinity\" at /value",
        "\"bound\":0.0 | \"bound\":\"-Infinity\" | expected a number, found \"-Infinity\" at /bound",
        "\"count\":10 | \"count\":10,\"count\":11 | Duplicate field 'count'",
      })
  void aMistypedFieldIsNamed(String good, String bad, String reason) {
    assertThat(GOOD).contains(good);
    assertThatThrownBy(() -> decode(GOOD.replace(good, bad)))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "ALERTS, alert_id",
    "ACTIONS, action_id",
    "INCIDENTS, incident_id",
    "DRIFT_RESULTS, window_start",
    "FEATURE_HEALTH, window_start",
    "FEATURE_HEALTH, window_end",
    "FEATURE_HEALTH, segment",
    "CONTROL, at"
  })
  void whatTellsResultsApartMustBeThere(ArchiveTable table, String field) throws Malformed {
    ObjectNode row = new ObjectMapper().createObjectNode();
    table.identityFields().forEach(name -> row.put(name, "2026-11-24T10:00:00Z"));
    row.put(table.timeField(), "2026-11-24T11:00:00Z").put("job", "drift");
    row.put("tried", 1).put("rows", 1).put("is_healthy", true).put("withdrawn", false);
    RowDecoder rows = new RowDecoder(table);
    assertThat(rows.decode(EventJson.write(row)).table()).isEqualTo(table.table());
    row.remove(field);
    assertThatThrownBy(() -> rows.decode(EventJson.write(row)))
        .isInstanceOf(Malformed.class)
        .hasMessage("expected a value, found nothing at /" + field);
  }

  @Test
  void aCheckMayBeOfNoVersionAndOfAllTraffic() throws Malformed {
    String check =
        "{'feature':'income','segment':'','window_start':1,'window_end':2,'rows':0,'is_healthy':true,'withdrawn':false,'computed_at':2}";
    byte[] json = check.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    assertThat(new RowDecoder(ArchiveTable.FEATURE_HEALTH).decode(json).job())
        .isEqualTo("feature-health");
  }

  @Test
  void aCheckOfAnotherVersionOfTheFeatureIsAStateOfTheSame() throws Malformed {
    String check =
        """
        {"feature":"income","feature_version":"1.0","model":null,"segment":"","window_start":1,"window_end":2,"rows":0,"is_healthy":true,"withdrawn":false,"computed_at":2}""";
    RowDecoder checks = new RowDecoder(ArchiveTable.FEATURE_HEALTH);
    String identity = checks.decode(check.getBytes(StandardCharsets.UTF_8)).identity();
    for (String other :
        new String[] {
          check.replace("1.0", "1.1"),
          check.replace("\"model\":null,", ""),
          check.replace("\"withdrawn\":false", "\"withdrawn\":true")
        }) {
      assertThat(other).isNotEqualTo(check);
      assertThat(checks.decode(other.getBytes(StandardCharsets.UTF_8)).identity())
          .isEqualTo(identity);
    }
    assertThat(
            checks
                .decode(
                    check
                        .replace("\"window_end\":2", "\"window_end\":3")
                        .getBytes(StandardCharsets.UTF_8))
                .identity())
        .isNotEqualTo(identity);
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
