package io.plumbline.stats.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClassCountsTest {
  private static ClassCounts sent(ClassCounts counts) throws IOException {
    return ClassCounts.readFrom(new DataInputStream(new ByteArrayInputStream(counts.written())));
  }

  @Test
  void beyondTheMostTheLeastNamesAreToldApartInWhateverOrderTheyCome() throws IOException {
    Random random = new Random(1);
    List<String[]> rows = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      String truth = "class %04d".formatted(random.nextInt(3_000));
      rows.add(
          new String[] {truth, i % 2 == 0 ? truth : "class %04d".formatted(random.nextInt(3_000))});
    }
    ClassCounts whole = new ClassCounts();
    rows.forEach(row -> whole.add(row[0], row[1], 1));
    assertThat(whole.classes()).isEqualTo(ClassCounts.MOST_CLASSES + 1);
    assertThat(whole.count()).isEqualTo(10_000);
    assertThat(whole.accuracy()).isBetween(0.5, 0.51);
    for (int turn = 0; turn < 10; turn++) {
      Collections.shuffle(rows, random);
      ClassCounts merged = new ClassCounts();
      for (int from = 0; from < rows.size(); from += 2_000) {
        ClassCounts part = new ClassCounts();
        rows.subList(from, from + 2_000).forEach(row -> part.add(row[0], row[1], 1));
        merged.merge(sent(part));
      }
      assertThat(merged.written()).isEqualTo(whole.written());
      assertThat(merged.macroF1()).isEqualTo(whole.macroF1());
      assertThat(merged.weightedF1()).isEqualTo(whole.weightedF1());
    }
  }

  @Test
  void classesThatCountAsOneHaveTheirHitsAndCorrectionsStill() {
    ClassCounts counts = new ClassCounts();
    for (int i = 0; i < ClassCounts.MOST_CLASSES; i++) {
      String name = String.format(Locale.ROOT, "a%04d", i);
      counts.add(name, name, 1);
    }
    counts.add("x", "y", 1);
    counts.add("y", "y", 1);
    counts.add("z", "a0000", 1);
    // Of the others 3 are true, 2 are predicted, 1 is both: F1 is 2/5; of a0000 2/3.
    double ofNamed = ClassCounts.MOST_CLASSES - 1 + 2.0 / 3;
    assertThat(counts.macroF1())
        .isCloseTo((ofNamed + 0.4) / (ClassCounts.MOST_CLASSES + 1), within(1e-12));
    assertThat(counts.weightedF1())
        .isCloseTo((ofNamed + 3 * 0.4) / (ClassCounts.MOST_CLASSES + 3), within(1e-12));
    assertThat(counts.accuracy())
        .isEqualTo((ClassCounts.MOST_CLASSES + 1.0) / (ClassCounts.MOST_CLASSES + 3));
    // A named class is gone; what is corrected among the others stays among them.
    counts.add("a0500", "a0500", -1);
    counts.add("x", "y", -1);
    counts.add("y", "y", 1);
    assertThat(counts.classes()).isEqualTo(ClassCounts.MOST_CLASSES);
    assertThat(counts.macroF1())
        .isCloseTo((ofNamed - 1 + 0.8) / ClassCounts.MOST_CLASSES, within(1e-12));
  }

  @Test
  void namesOfAnyLengthAreWritten() throws IOException {
    ClassCounts counts = new ClassCounts();
    counts.add("ß".repeat(70_000), "", 1);
    assertThat(sent(counts).written()).isEqualTo(counts.written());
    assertThat(sent(counts).classes()).isEqualTo(2);
  }
}
