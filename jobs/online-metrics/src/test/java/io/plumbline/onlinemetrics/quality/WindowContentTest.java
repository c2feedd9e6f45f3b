package io.plumbline.onlinemetrics.quality;

import static io.plumbline.onlinemetrics.quality.Changes.DAY;
import static io.plumbline.onlinemetrics.quality.Changes.HOUR;
import static io.plumbline.onlinemetrics.quality.Changes.NOON;
import static io.plumbline.onlinemetrics.quality.Changes.binary;
import static io.plumbline.onlinemetrics.quality.Changes.corrected;
import static io.plumbline.onlinemetrics.quality.Changes.folded;
import static io.plumbline.onlinemetrics.quality.Changes.fresh;
import static io.plumbline.onlinemetrics.quality.Changes.labelled;
import static io.plumbline.onlinemetrics.quality.Changes.multiclass;
import static io.plumbline.onlinemetrics.quality.Changes.regression;
import static io.plumbline.onlinemetrics.quality.Changes.served;
import static io.plumbline.onlinemetrics.quality.Changes.truth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.events.MetricPoint;
import io.plumbline.onlinemetrics.join.ClassScores;
import io.plumbline.onlinemetrics.join.Joined;
import io.plumbline.onlinemetrics.join.KeptPrediction;
import io.plumbline.onlinemetrics.join.Labelling;
import io.plumbline.onlinemetrics.join.ServedVersion;
import io.plumbline.onlinemetrics.join.Truth;
import io.plumbline.runtime.config.ModelConfig.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A window is the same of whatever parts it is made, written and read, in whatever order. */
class WindowContentTest {
  private static byte[] written(QualityDelta delta) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    new QualityDeltaForm().write(delta, out);
    return out.getCopyOfBuffer();
  }

  private static QualityDelta read(byte[] bytes) throws IOException {
    return new QualityDeltaForm().read(new DataInputDeserializer(bytes));
  }

  private static List<MetricPoint> points(QualityDelta window) {
    List<MetricPoint> points = new ArrayList<>();
    QualityResults.emit(window, Emitted.NOTHING, true, 1, points::add);
    return points;
  }

  private static QualityDelta merged(QualityKey key, List<QualityDelta> parts) {
    QualityDelta all = QualityDelta.of(key);
    parts.forEach(part -> all.content().merge(part.content()));
    return all;
  }

  private static KeptPrediction prediction(ServedVersion version, Random random) {
    double number = random.nextInt(10) == 0 ? Double.NaN : random.nextDouble();
    return switch (version.task()) {
      case BINARY -> binary(version, NOON + random.nextInt(1000), number);
      case REGRESSION -> regression(version, NOON + random.nextInt(1000), number);
      case MULTICLASS ->
          multiclass(
              version,
              NOON,
              Double.isNaN(number) ? null : ClassScores.of(Map.of("a", number, "b", 1 - number)));
    };
  }

  private static Truth randomTruth(Task task, Random random) {
    long ts = NOON + random.nextInt(1_000_000) - 1000;
    boolean positive = random.nextBoolean();
    return switch (task) {
      case BINARY -> truth(positive, ts);
      case REGRESSION -> new Truth(ts, "", null, random.nextGaussian());
      case MULTICLASS -> new Truth(ts, positive ? "a" : "é", null, Double.NaN);
    };
  }

  private static List<Joined> changes(Task task, boolean pair, int size, Random random) {
    ServedVersion version = served(pair ? "shadow" : "v1", task, DAY, HOUR);
    List<Joined> changes = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      KeptPrediction one = prediction(version, random);
      KeptPrediction other = pair ? prediction(served("v1", task, DAY, HOUR), random) : null;
      Truth first = randomTruth(task, random);
      Truth last = randomTruth(task, random);
      Labelling before = new Labelling(first, 0, 0);
      changes.add(new Joined(one, other, null, Labelling.NONE));
      if (i % 4 > 0) {
        changes.add(new Joined(one, other, Labelling.NONE, before));
      }
      if (i % 4 > 2) {
        changes.add(new Joined(one, other, before, new Labelling(last, 1, 1)));
      }
    }
    return changes;
  }

  @ParameterizedTest
  @CsvSource({
    "BINARY,false,40", "BINARY,false,4000", "BINARY,true,40", "BINARY,true,4000",
    "MULTICLASS,false,40", "MULTICLASS,false,1000", "MULTICLASS,true,40", "MULTICLASS,true,1000",
    "REGRESSION,false,40", "REGRESSION,false,1000", "REGRESSION,true,40", "REGRESSION,true,1000"
  })
  void isTheSameOfWhateverParts(Task task, boolean pair, int size) throws Exception {
    Random random = new Random(size);
    List<Joined> changes = changes(task, pair, size, random);
    List<MetricPoint> expected = points(folded(changes.toArray(Joined[]::new)).get(0));
    assertThat(expected).hasSizeGreaterThan(6).extracting(MetricPoint::isFinal).containsOnly(true);
    for (int most : new int[] {1, 30, 300}) {
      Collections.shuffle(changes, random);
      List<QualityDelta> parts = new ArrayList<>();
      for (int from = 0; from < changes.size(); ) {
        int to = Math.min(changes.size(), from + 1 + random.nextInt(most));
        parts.add(read(written(folded(changes.subList(from, to).toArray(Joined[]::new)).get(0))));
        from = to;
      }
      int middle = parts.size() / 2;
      QualityDelta half = merged(parts.get(0).key(), parts.subList(0, middle));
      QualityDelta second = merged(parts.get(0).key(), parts.subList(middle, parts.size()));
      QualityDelta all = merged(half.key(), List.of(read(written(second)), read(written(half))));
      assertThat(points(all)).isEqualTo(expected);
      assertThat(points(read(written(all)))).isEqualTo(expected);
    }
  }

  /** What is merged into another is not changed by it: state holds it still. */
  @Test
  void aPartStaysAsItIs() throws Exception {
    Random random = new Random(3);
    for (int size : new int[] {10, 1000}) {
      QualityDelta part =
          folded(changes(Task.BINARY, false, size, random).toArray(Joined[]::new)).get(0);
      byte[] before = written(part);
      QualityDelta all = QualityDelta.of(part.key());
      all.content().merge(part.content());
      all.content().merge(part.content());
      assertThat(written(part)).isEqualTo(before);
      assertThat(all.content().predictions()).isEqualTo(2L * size);
    }
  }

  @Test
  void whatItTakesInStateIsBounded() throws Exception {
    assertThat(bytesOf(2000)).isBetween(10_000, 32_000);
    assertThat(bytesOf(200_000)).isBetween(32_000, 160_000);
  }

  /** Of a window with so many labelled predictions, all with other scores. */
  private static int bytesOf(int labelled) throws IOException {
    ServedVersion version = served("v1", Task.BINARY, DAY, HOUR);
    QualityFold fold = new QualityFold(0);
    fold.open(1 << 30);
    Random random = new Random(1);
    for (int i = 0; i < labelled; i++) {
      KeptPrediction one = binary(version, NOON, random.nextDouble());
      Truth first = truth(random.nextBoolean(), NOON + random.nextInt(1 << 30));
      fold.add(fresh(one), NOON);
      fold.add(labelled(one, first), NOON);
      if (i % 10 == 0) {
        fold.add(corrected(one, first, truth(true, first.ts() + 1)), NOON);
      }
    }
    List<QualityDelta> parts = new ArrayList<>();
    fold.flush(Long.MAX_VALUE, parts::add);
    return written(parts.get(0)).length;
  }

  @Test
  void anUnknownLayoutIsRefused() throws Exception {
    byte[] bytes = written(folded(fresh(binary(served("v1", Task.BINARY, 1, HOUR), 1, 1))).get(0));
    bytes[0] = 9;
    assertThatThrownBy(() -> read(bytes)).isInstanceOf(IOException.class);
    bytes[0] = 1;
    assertThat(read(bytes).key().model()).isEqualTo("credit");
  }

  /** Names are data. */
  @Test
  void keysOfOtherNamesAreOthers() {
    QualityKey key = folded(fresh(binary(served("v1", Task.BINARY, 1, HOUR), 1, 1))).get(0).key();
    QualityKey moved =
        new QualityKey(
            "credit2:v1", "", key.role(), key.task(), key.segment(), key.against(), key.window());
    assertThat(moved.text()).isNotEqualTo(key.text());
    assertThat(key.text()).startsWith("6:credit2:v10:");
  }
}
