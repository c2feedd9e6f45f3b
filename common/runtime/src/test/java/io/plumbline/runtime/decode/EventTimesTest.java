package io.plumbline.runtime.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.Label;
import io.plumbline.runtime.ingest.Malformed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimesTest {
  private static long read(String time) throws Malformed {
    Label label =
        new LabelDecoder(Map.of(), 8)
            .decode(
                "{\"prediction_id\":1,\"label\":true,\"ts\":%s}"
                    .formatted(time)
                    .getBytes(StandardCharsets.UTF_8));
    return label.ts();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-25T10:15:30Z",
        "2026-11-25T10:15:30.1Z",
        "2026-11-25T10:15:30.12Z",
        "2026-11-25T10:15:30.123Z",
        "2026-11-25T10:15:30.123999Z",
        "2026-11-25T10:15:30.123456789Z",
        "2026-11-25T10:15:30.123+05:45",
        "2026-11-25T10:15Z",
        "2026-11-25T00:00:00-12:00",
        "2024-02-29T23:59:59.999Z",
        "1969-12-31T23:59:59.999Z",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999Z",
        "1900-03-01T00:00:00Z",
        "2000-02-29T12:00:00Z"
      })
  void isWhatTheJdkReads(String time) throws Malformed {
    assertThat(read("\"" + time + "\""))
        .isEqualTo(OffsetDateTime.parse(time).toInstant().toEpochMilli());
  }

  @Test
  void anyMillisecondIsReadBackAsWritten() throws Malformed {
    DateTimeFormatter iso =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    Random random = new Random(5);
    for (int i = 0; i < 10_000; i++) {
      long millis = random.nextLong(-62_135_596_800_000L, 253_402_300_800_000L);
      assertThat(read("\"" + iso.format(Instant.ofEpochMilli(millis)) + "\"")).isEqualTo(millis);
      assertThat(read("" + millis)).isEqualTo(millis);
    }
  }
}
