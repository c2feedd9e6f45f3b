package io.plumbline.featurehealth.tally;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.ReservedNames;
import io.plumbline.events.Value;
import io.plumbline.featurehealth.registry.Registries;
import io.plumbline.runtime.control.Revision;
import io.plumbline.runtime.expectation.CheckedValue;
import io.plumbline.runtime.expectation.CountsByBounds;
import io.plumbline.runtime.expectation.Expectation;
import io.plumbline.runtime.window.Window;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureBlockFormTest {
  private static final String ENTRY =
      "{name: f, type: numeric, version: '1', range: {min: 0, max: 10}}";

  private static byte[] bytes(FeatureBlock block) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new FeatureBlockForm().write(block, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static FeatureBlock read(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    FeatureBlock block = new FeatureBlockForm().read(in);
    assertThat(in.available()).isZero();
    return block;
  }

  @Test
  void whatWasHeldToSeveralBoundsComesBack() throws Exception {
    FeatureBlock block =
        Blocks.merged(
            Blocks.of("m", "f", 0, Registries.feature(ENTRY, 1), List.of(Value.of(11.0))),
            Blocks.of(
                "m",
                "f",
                0,
                Registries.feature("{name: f, type: numeric}", 2),
                List.of(Value.of(12.0))));
    assertThat(read(bytes(block)).window()).isEqualTo(new Window(0, 60_000));
    FeatureBlock.Entry read = read(bytes(block)).features().get("f");
    assertThat(read.expected().revision()).isEqualTo(new Revision(0, 2));
    assertThat(read.expected().hasRange()).isFalse();
    assertThat(read.tally().rows()).isEqualTo(2);
    assertThat(read.tally().isOfOneBounds()).isFalse();
    CountsByBounds counts = read.tally().counts();
    assertThat(counts.heldTo(read.expected().bounds()).rows()).isEqualTo(1);
    assertThat(counts.heldTo(Registries.feature(ENTRY).bounds()).above()).isEqualTo(1);
    assertThat(bytes(read(bytes(block)))).isEqualTo(bytes(block));
  }

  @Test
  void namesOfEndlesslyManyTasksHaveAnEndAndWhatIsLostIsCounted() throws Exception {
    FeatureBlock block = Blocks.of("m", "first", 0, Expectation.none(), List.of(Value.of(1.0)));
    FeatureBlock more = new FeatureBlock("m", "v1", "", 0, block.window());
    CheckedValue checked = new CheckedValue();
    for (int i = 0; i < FeatureBlock.MOST_UNNAMED + 9; i++) {
      FeatureTally tally = new FeatureTally(Expectation.none().bounds());
      checked.check(Value.of(2.0), Expectation.none());
      tally.add(checked);
      more.put("n%05d".formatted(i), new FeatureBlock.Entry(Expectation.none(), false, tally));
    }
    more.put(
        ReservedNames.OTHER, new FeatureBlock.Entry(Expectation.none(), true, new FeatureTally(0)));
    more.put("z", new FeatureBlock.Entry(Registries.feature(ENTRY), true, new FeatureTally(0)));
    FeatureBlock merged = read(bytes(Blocks.merged(block, more, more)));
    assertThat(merged.features())
        .hasSize(FeatureBlock.MOST_UNNAMED + 2)
        .containsKeys("first", "n00000", "z", ReservedNames.OTHER)
        .doesNotContainKey("n%05d".formatted(FeatureBlock.MOST_UNNAMED));
    assertThat(merged.features().get("n00000").tally().rows()).isEqualTo(2);
    assertThat(merged.rowsWithoutRoom()).isEqualTo(2 * 10);
  }

  @Test
  void boundsThatEveryHourBringsShareAPlaceAtLast() throws Exception {
    FeatureBlock block = null;
    for (int max = 0; max < 50; max++) {
      String entry = "{name: f, type: numeric, range: {max: %d}}".formatted(max);
      FeatureBlock part =
          Blocks.of("m", "f", 0, Registries.feature(entry, max), List.of(Value.of(100.0)));
      block = block == null ? part : FeatureBlock.merged(block, part);
    }
    FeatureTally tally = read(bytes(block)).features().get("f").tally();
    assertThat(tally.rows()).isEqualTo(50);
    assertThat(tally.counts().heldTo(block.features().get("f").expected().bounds()).above())
        .isEqualTo(1);
    assertThat(bytes(block)).hasSizeLessThan(1000);
  }
}
