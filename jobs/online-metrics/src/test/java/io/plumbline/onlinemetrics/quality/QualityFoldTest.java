package io.plumbline.onlinemetrics.quality;

import static io.plumbline.onlinemetrics.quality.Changes.DAY;
import static io.plumbline.onlinemetrics.quality.Changes.HOUR;
import static io.plumbline.onlinemetrics.quality.Changes.LATENESS;
import static io.plumbline.onlinemetrics.quality.Changes.MINUTE;
import static io.plumbline.onlinemetrics.quality.Changes.NOON;
import static io.plumbline.onlinemetrics.quality.Changes.binary;
import static io.plumbline.onlinemetrics.quality.Changes.fresh;
import static io.plumbline.onlinemetrics.quality.Changes.served;
import static io.plumbline.onlinemetrics.quality.Changes.truth;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.onlinemetrics.join.Joined;
import io.plumbline.onlinemetrics.join.KeptPrediction;
import io.plumbline.onlinemetrics.join.Labelling;
import io.plumbline.onlinemetrics.join.ServedVersion;
import io.plumbline.onlinemetrics.join.Truth;
import io.plumbline.runtime.config.ModelConfig.Task;
import io.plumbline.runtime.window.Window;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes out adds up to what each change is to each of its windows, whenever it goes out. */
class QualityFoldTest {
  private static final List<ServedVersion> VERSIONS =
      List.of(
          served("v1", Task.BINARY, 2 * DAY, HOUR, DAY),
          served("v2", Task.BINARY, 2 * DAY, 90 * MINUTE, HOUR, DAY),
          // Labels that come after 32 days count in long windows alone.
          served("v3", Task.BINARY, 40 * DAY, HOUR, DAY),
          served("v4", Task.BINARY, 2 * DAY));

  private final Random random = new Random(5);

  private List<Joined> changes(long from) {
    ServedVersion version = VERSIONS.get(random.nextInt(VERSIONS.size()));
    KeptPrediction prediction =
        binary(
            version,
            from + random.nextLong(3 * HOUR),
            random.nextDouble(),
            random.nextBoolean() ? "country=DE" : "country=FR",
            "tier=" + random.nextInt(3));
    List<Joined> changes = new ArrayList<>();
    changes.add(fresh(prediction));
    if (random.nextInt(3) > 0) {
      long delay = random.nextLong(version.horizon());
      Truth truth = truth(random.nextBoolean(), prediction.ts() + delay);
      Labelling labelling =
          delay <= Labelling.EARLY
              ? new Labelling(truth, 0, 0)
              : new Labelling(truth, 0, 0, null, 0);
      changes.add(new Joined(prediction, null, Labelling.NONE, labelling));
    }
    return changes;
  }

  private static void add(Joined change, QualityFold fold, Map<String, WindowContent> expected) {
    expect(change, expected);
    fold.add(change, change.prediction().ts());
  }

  private static void expect(Joined change, Map<String, WindowContent> expected) {
    ServedVersion served = change.prediction().served();
    List<String> segments = new ArrayList<>(change.prediction().segments());
    segments.add("");
    for (long length : served.windows()) {
      boolean early = served.horizon() > Labelling.EARLY && length <= HOUR;
      WindowContent content = new WindowContent(Shape.BINARY);
      content.waits(early ? Labelling.EARLY : served.horizon());
      Change.add(change, early, content);
      if (content.isEmpty()) {
        continue;
      }
      for (String segment : segments) {
        QualityKey key =
            new QualityKey(
                served.model(),
                served.version(),
                served.role(),
                served.task(),
                segment,
                null,
                Window.at(change.prediction().ts(), length));
        merge(key.text(), content, expected);
      }
    }
  }

  private static void merge(String key, WindowContent part, Map<String, WindowContent> to) {
    to.computeIfAbsent(key, text -> new WindowContent(Shape.BINARY)).merge(part);
  }

  /** Sums are the same in whatever order they came to be. */
  private static Map<String, String> told(Map<String, WindowContent> windows) throws IOException {
    Map<String, String> told = new TreeMap<>();
    for (Map.Entry<String, WindowContent> window : windows.entrySet()) {
      WindowContent content = window.getValue();
      DataOutputSerializer sums = new DataOutputSerializer(1024);
      content.summed().writeTo(sums);
      told.put(
          window.getKey(),
          "%s predictions, %s labelled, %s corrections, %s expired, horizon %s, %s"
              .formatted(
                  content.predictions(),
                  content.labelled(),
                  content.corrections(),
                  content.expired(),
                  content.horizon(),
                  Arrays.hashCode(sums.getCopyOfBuffer())));
    }
    return told;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20_000, 1 << 30})
  void partsAddUpToWhatEachChangeIsToEachWindow(long mostBytes) throws Exception {
    QualityFold fold = new QualityFold(LATENESS);
    fold.open(mostBytes);
    Map<String, WindowContent> expected = new HashMap<>();
    Map<String, WindowContent> out = new HashMap<>();
    List<Joined> later = new ArrayList<>();
    long watermark = NOON;
    for (int i = 0; i < 20_000; i++) {
      if (i % 3 == 0 && !later.isEmpty()) {
        add(later.remove(0), fold, expected);
      } else {
        List<Joined> changes = changes(watermark);
        add(changes.get(0), fold, expected);
        later.addAll(changes.subList(1, changes.size()));
      }
      if (fold.bytes() > mostBytes || random.nextInt(2000) == 0) {
        fold.flush(Long.MAX_VALUE, part -> merge(part.key().text(), part.content(), out));
      } else if (random.nextInt(500) == 0) {
        watermark += random.nextLong(4 * HOUR);
        long end = watermark;
        if (fold.firstPaneEnd() <= end) {
          fold.flush(end, part -> merge(part.key().text(), part.content(), out));
        }
        // Nothing is held that the watermark has closed.
        assertThat(fold.firstPaneEnd()).isGreaterThan(end);
      }
    }
    fold.flush(Long.MAX_VALUE, part -> merge(part.key().text(), part.content(), out));
    assertThat(told(out)).isEqualTo(told(expected));
    assertThat(fold.bytes()).isZero();
  }

  /** Else each watermark would send all that is gathered across the exchange. */
  @Test
  void aWindowToWhichNothingIsAddedIsDueAtNoTime() {
    ServedVersion version = served("v1", Task.BINARY, 60 * DAY, HOUR, DAY);
    KeptPrediction prediction = binary(version, NOON, 0.5, "country=DE");
    QualityFold fold = new QualityFold(LATENESS);
    fold.open(1 << 20);
    fold.add(fresh(prediction), NOON);
    long watermark = NOON + 42 * DAY;
    fold.flush(watermark, part -> {});
    // After 32 days it does not count in the hour, which was final long ago.
    Labelling late = new Labelling(truth(true, NOON + 40 * DAY), 0, 0, null, 0);
    fold.add(new Joined(prediction, null, Labelling.NONE, late), NOON);
    assertThat(fold.firstPaneEnd())
        .isEqualTo(Window.at(NOON, DAY).end() + 60 * DAY + LATENESS)
        .isGreaterThan(watermark);
    Map<String, WindowContent> out = new HashMap<>();
    fold.flush(Long.MAX_VALUE, part -> merge(part.key().text(), part.content(), out));
    assertThat(out).hasSize(2);
    assertThat(out.values()).allMatch(content -> content.labelled() == 1);
  }
}
