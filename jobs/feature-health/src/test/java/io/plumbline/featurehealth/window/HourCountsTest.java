package io.plumbline.featurehealth.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.featurehealth.tally.Window;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HourCountsTest {
  /** As version 0.1.0 wrote it: 5, 11 and null of feature f in the second minute. */
  private static final String OF_VERSION_1 =
      "0100000001000000000000ea6000000001000000016600c3000000000000000300000000000000010000"
          + "0000000000010000000000000002";

  @Test
  void whatVersion1WroteIsCountedButHeldToNoBoundsThatAreKnown() throws Exception {
    HourCounts hour =
        new HourCounts.Form()
            .read(
                new DataInputStream(
                    new ByteArrayInputStream(HexFormat.of().parseHex(OF_VERSION_1))))
            .orOf(60_000);
    Pooled pooled = hour.pooled("f", new Window(60_000, 60_000), 3).orElseThrow();
    assertThat(pooled.enough()).isTrue();
    assertThat(pooled.counts().all().missing()).isEqualTo(1);
    assertThat(pooled.counts().heldTo(1).rows()).isZero();
  }
}
