package io.plumbline.onlinemetrics.silence;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.onlinemetrics.join.Fresh;
import io.plumbline.onlinemetrics.model.Models;
import io.plumbline.runtime.aggregate.PartialAggregate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which times of predictions say that a model speaks. */
class NewestPredictionsTest {
  private static final long NOON = 1_764_072_000_000L;

  private final NewestPredictions newest =
      new NewestPredictions(
          Models.fixed(
              """
              models:
                - name: credit
                  versions: [{version: v3}, {version: v4, role: shadow}, {version: v2, role: retired}]
              """));

  @BeforeEach
  void open() {
    newest.open(1 << 20);
  }

  private void add(String model, String version, long ts) {
    newest.add(Fresh.of(model, version, ts, 0.5), Long.MIN_VALUE);
  }

  private List<NewestPrediction> flushed() {
    List<NewestPrediction> times = new ArrayList<>();
    newest.flush(Long.MAX_VALUE, times::add);
    return times;
  }

  @Test
  void theyAreTheNewestOfEachVersionInAnyOrder() {
    add("credit", "v3", NOON);
    add("credit", "v3", NOON + 9);
    add("credit", "v3", NOON + 5);
    add("credit", "v4", NOON + 1);
    assertThat(newest.firstPaneEnd()).isEqualTo(PartialAggregate.NO_PANE);
    assertThat(flushed())
        .containsExactlyInAnyOrder(
            new NewestPrediction("credit", "v3", NOON + 9),
            new NewestPrediction("credit", "v4", NOON + 1));
    assertThat(newest.firstPaneEnd()).isEqualTo(PartialAggregate.NOTHING);
    assertThat(newest.bytes()).isZero();
  }

  @Test
  void aVersionThatIsNotKnownSpeaksForItsModelOnly() {
    add("credit", "v9", NOON);
    add("credit", "v8", NOON + 1);
    assertThat(flushed()).containsExactly(new NewestPrediction("credit", "", NOON + 1));
  }

  @Test
  void neitherARetiredVersionNorAModelThatIsNotKnownCounts() {
    add("credit", "v2", NOON);
    add("other", "v3", NOON);
    assertThat(newest.firstPaneEnd()).isEqualTo(PartialAggregate.NOTHING);
  }
}
