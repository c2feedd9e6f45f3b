package io.plumbline.featurehealth.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.Value;
import io.plumbline.featurehealth.registry.Registries;
import io.plumbline.featurehealth.tally.Blocks;
import io.plumbline.runtime.expectation.Expectation;
import io.plumbline.runtime.window.Window;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class HourCountsTest {
  private static final Window FIRST = new Window(0, 60_000);
  private static final Window SECOND = new Window(60_000, 60_000);

  @Test
  void whatWasWrittenIsPooledAsBefore() throws Exception {
    Expectation expected = Registries.feature("{name: f, type: numeric, range: {max: 10}}");
    HourCounts hour =
        new HourCounts()
            .with(Blocks.of("m", "f", FIRST, expected, List.of(Value.of(11.0), Value.NULL)))
            .with(Blocks.of("m", "f", SECOND, expected, List.of(Value.of(5.0))));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new HourCounts.Form().write(hour, new DataOutputStream(bytes));
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    HourCounts read = new HourCounts.Form().read(in);
    assertThat(in.available()).isZero();
    Pooled pooled = read.pooled("f", SECOND, 3).orElseThrow();
    assertThat(pooled.enough()).isTrue();
    assertThat(pooled.from()).isZero();
    assertThat(pooled.counts().all().missing()).isEqualTo(1);
    assertThat(pooled.counts().heldTo(expected.bounds()).above()).isEqualTo(1);
    assertThat(read.pooled("f", FIRST, 3).orElseThrow().enough()).isFalse();
  }
}
