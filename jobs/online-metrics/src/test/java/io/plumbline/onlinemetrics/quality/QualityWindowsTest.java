package io.plumbline.onlinemetrics.quality;

import static io.plumbline.onlinemetrics.quality.Changes.DAY;
import static io.plumbline.onlinemetrics.quality.Changes.HOUR;
import static io.plumbline.onlinemetrics.quality.Changes.LATENESS;
import static io.plumbline.onlinemetrics.quality.Changes.MINUTE;
import static io.plumbline.onlinemetrics.quality.Changes.NOON;
import static io.plumbline.onlinemetrics.quality.Changes.binary;
import static io.plumbline.onlinemetrics.quality.Changes.corrected;
import static io.plumbline.onlinemetrics.quality.Changes.expired;
import static io.plumbline.onlinemetrics.quality.Changes.folded;
import static io.plumbline.onlinemetrics.quality.Changes.fresh;
import static io.plumbline.onlinemetrics.quality.Changes.labelled;
import static io.plumbline.onlinemetrics.quality.Changes.served;
import static io.plumbline.onlinemetrics.quality.Changes.truth;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.MetricPoint;
import io.plumbline.onlinemetrics.join.Joined;
import io.plumbline.onlinemetrics.join.KeptPrediction;
import io.plumbline.onlinemetrics.join.Labelling;
import io.plumbline.onlinemetrics.join.ServedVersion;
import io.plumbline.onlinemetrics.quality.WindowsHarness.Backend;
import io.plumbline.runtime.config.ModelConfig.Task;
import io.plumbline.runtime.window.Window;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QualityWindowsTest {
  private static final String COVERAGE = "label_coverage_ratio";
  private static final long SECOND = 1000;
  private static final long END = NOON + HOUR;
  private static final long HORIZON = 30 * DAY;
  private static final ServedVersion VERSION = served("v1", Task.BINARY, HORIZON, HOUR);
  private static final KeptPrediction FIRST = binary(VERSION, NOON + MINUTE, 0.7);
  private static final KeptPrediction SECOND_ONE = binary(VERSION, NOON + 2 * MINUTE, 0.2);
  private static final KeptPrediction LATER_HOUR = binary(VERSION, NOON + 200 * DAY, 0.2);

  /** Of a window with two predictions that is over. */
  private static WindowsHarness over(Backend backend) throws Exception {
    WindowsHarness windows = new WindowsHarness(backend);
    windows.add(fresh(FIRST), fresh(SECOND_ONE));
    windows.watermark(END - 2);
    assertThat(windows.points()).isEmpty();
    windows.watermark(END - 1);
    return windows;
  }

  @ParameterizedTest
  @EnumSource
  void isEmittedWhenItIsOverAndThenAtItsPace(Backend backend) throws Exception {
    try (WindowsHarness windows = over(backend)) {
      List<MetricPoint> first = windows.points();
      // Without a label there is no metric of labels but how many have come.
      assertThat(first)
          .extracting(MetricPoint::metric)
          .containsExactlyInAnyOrder(COVERAGE, "labels_corrected", "labels_expired");
      assertThat(first)
          .filteredOn(point -> point.metric().equals(COVERAGE))
          .singleElement()
          .satisfies(
              point -> {
                assertThat(point.value()).isZero();
                assertThat(point.count()).isEqualTo(2);
                assertThat(point.isFinal()).isFalse();
              });
      windows.pass(3 * SECOND);
      windows.add(labelled(FIRST, truth(true, END)));
      windows.pass(7 * SECOND - 1);
      assertThat(windows.points()).isEmpty();
      windows.pass(1);
      assertThat(windows.values(COVERAGE)).containsExactly(0.5);
      // Nothing has changed since.
      windows.pass(HOUR);
      assertThat(windows.points()).isEmpty();
      // What comes after a long time has nothing to wait for.
      windows.add(labelled(SECOND_ONE, truth(false, END)));
      windows.pass(1);
      assertThat(windows.values(COVERAGE)).containsExactly(1.0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void paceIsAShareOfItsAgeAndAtMostAnHour(Backend backend) throws Exception {
    try (WindowsHarness windows = over(backend)) {
      windows.watermark(END + 10 * HOUR);
      assertHeldBackFor(30 * MINUTE, labelled(FIRST, truth(true, END)), windows);
      windows.watermark(END + 300 * HOUR);
      assertHeldBackFor(HOUR, labelled(SECOND_ONE, truth(true, END)), windows);
    }
  }

  /** With other input all the time, so that nothing is given for want of it. */
  private static void assertHeldBackFor(long millis, Joined change, WindowsHarness windows)
      throws Exception {
    windows.pass(2 * HOUR);
    windows.add(expired(FIRST, Labelling.NONE));
    windows.pass(1);
    assertThat(windows.values("labels_expired")).isNotEmpty();
    windows.add(change);
    for (long passed = 0; passed < millis - 5 * SECOND; passed += 5 * SECOND) {
      windows.add(fresh(LATER_HOUR));
      windows.pass(5 * SECOND);
      assertThat(windows.points()).isEmpty();
    }
    windows.add(fresh(LATER_HOUR));
    windows.pass(5 * SECOND);
    assertThat(windows.points()).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsHeldBackIsGivenOnceNoInputComes(Backend backend) throws Exception {
    try (WindowsHarness windows = over(backend)) {
      windows.watermark(END + 100 * HOUR);
      windows.points();
      windows.add(labelled(FIRST, truth(true, END)));
      windows.pass(6 * SECOND);
      windows.add(fresh(LATER_HOUR));
      windows.pass(10 * SECOND - 1);
      assertThat(windows.points()).isEmpty();
      windows.pass(1);
      assertThat(windows.values(COVERAGE)).containsExactly(0.5);
      windows.pass(DAY);
      assertThat(windows.points()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void isFinalWhenTheHorizonHasPassedAndThenGone(Backend backend) throws Exception {
    try (WindowsHarness windows = over(backend)) {
      windows.add(labelled(FIRST, truth(true, END)));
      windows.points();
      windows.watermark(END + HORIZON + LATENESS - 1);
      assertThat(windows.points()).isEmpty();
      assertThat(windows.entries()).isPositive();
      windows.watermark(END + HORIZON + LATENESS);
      List<MetricPoint> last = windows.points();
      assertThat(last).isNotEmpty().allMatch(MetricPoint::isFinal);
      assertThat(last).extracting(MetricPoint::metric).contains("accuracy", COVERAGE);
      assertThat(windows.entries()).isZero();
      windows.add(expired(FIRST, Labelling.NONE));
      windows.pass(DAY);
      windows.watermark(END + 2 * HORIZON);
      assertThat(windows.points()).isEmpty();
      assertThat(windows.entries()).isZero();
    }
  }

  /** The last watermark is not known at once after a restore, but what was final stays so. */
  @ParameterizedTest
  @EnumSource
  void staysFinalAfterARestore(Backend backend) throws Exception {
    try (WindowsHarness windows = over(backend)) {
      windows.watermark(END + HORIZON + LATENESS);
      windows.points();
      windows.restore();
      windows.add(expired(FIRST, Labelling.NONE));
      windows.watermark(END + 2 * HORIZON);
      assertThat(windows.points()).isEmpty();
      assertThat(windows.entries()).isZero();
    }
  }

  @Test
  void waitsForThePredictionThatWaitsLongest() throws Exception {
    try (WindowsHarness windows = over(Backend.HEAP)) {
      ServedVersion longer = served("v1", Task.BINARY, 31 * DAY, HOUR);
      windows.add(fresh(binary(longer, NOON, 0.3)));
      windows.points();
      windows.watermark(END + HORIZON + LATENESS);
      assertThat(windows.points()).isEmpty();
      // Too late for the one, and there still.
      windows.add(expired(FIRST, Labelling.NONE));
      windows.watermark(END + 31 * DAY + LATENESS);
      assertThat(windows.values("labels_expired")).containsExactly(1.0);
      assertThat(windows.entries()).isZero();
    }
  }

  @Test
  void shortWindowsAreFinalBeforeAVeryLongHorizon() throws Exception {
    ServedVersion patient = served("v1", Task.BINARY, 90 * DAY, HOUR, DAY);
    KeptPrediction one = binary(patient, NOON, 0.7);
    try (WindowsHarness windows = new WindowsHarness(Backend.HEAP)) {
      long ts = NOON + 40 * DAY;
      windows.add(fresh(one));
      windows.add(
          new Joined(one, null, Labelling.NONE, new Labelling(truth(true, ts), 0, 0, null, 0)));
      windows.watermark(END + 32 * DAY + LATENESS);
      assertThat(windows.points())
          .filteredOn(MetricPoint::isFinal)
          .filteredOn(point -> point.metric().equals(COVERAGE))
          .singleElement()
          .satisfies(
              point -> {
                assertThat(point.windowEnd().toEpochMilli()).isEqualTo(END);
                assertThat(point.value()).isZero();
              });
      windows.watermark(Window.at(NOON, DAY).end() + 90 * DAY + LATENESS);
      assertThat(windows.values(COVERAGE)).containsExactly(1.0);
      assertThat(windows.entries()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatBecomesUndefinedIsWithdrawn(Backend backend) throws Exception {
    try (WindowsHarness windows = over(backend)) {
      windows.add(labelled(FIRST, truth(true, END)), labelled(SECOND_ONE, truth(false, END)));
      windows.pass(10 * SECOND);
      assertThat(windows.points())
          .filteredOn(point -> List.of("roc_auc", "recall").contains(point.metric()))
          .hasSize(2)
          .allMatch(point -> point.value() == 1);
      windows.restore();
      windows.add(corrected(FIRST, truth(true, END), truth(false, END + 1)));
      windows.pass(10 * SECOND);
      List<MetricPoint> points = windows.points();
      assertThat(points)
          .filteredOn(point -> point.value() == null)
          .extracting(MetricPoint::metric)
          .containsExactlyInAnyOrder("roc_auc", "pr_auc", "recall");
      assertThat(points)
          .filteredOn(point -> point.metric().equals("labels_corrected"))
          .singleElement()
          .satisfies(point -> assertThat(point.value()).isEqualTo(1));
      // Once.
      windows.add(expired(FIRST, Labelling.NONE));
      windows.pass(20 * SECOND);
      assertThat(windows.points()).isNotEmpty().noneMatch(point -> point.value() == null);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRestoreInTheMiddleChangesNothing(Backend backend) throws Exception {
    try (WindowsHarness windows = over(backend);
        WindowsHarness restored = over(backend)) {
      restored.restore();
      for (WindowsHarness one : List.of(windows, restored)) {
        one.add(labelled(FIRST, truth(true, END)));
      }
      restored.restore();
      for (WindowsHarness one : List.of(windows, restored)) {
        one.pass(10 * SECOND);
        one.add(labelled(SECOND_ONE, truth(true, END)));
      }
      restored.restore();
      restored.watermark(END);
      for (WindowsHarness one : List.of(windows, restored)) {
        one.pass(20 * SECOND);
        one.watermark(END + HORIZON + LATENESS);
      }
      assertThat(restored.points()).isEqualTo(windows.points());
    }
  }

  /** After a restore nobody may come any more, and what was held back before it is given still. */
  @Test
  void whatWasHeldBackBeforeARestoreIsGiven() throws Exception {
    try (WindowsHarness windows = over(Backend.ROCKSDB)) {
      windows.watermark(END + 100 * HOUR);
      windows.points();
      windows.add(labelled(FIRST, truth(true, END)));
      windows.restore();
      assertThat(windows.points()).isEmpty();
      windows.pass(10 * SECOND);
      assertThat(windows.values(COVERAGE)).containsExactly(0.5);
    }
  }

  @Test
  void computedAtNeverGoesBack() throws Exception {
    try (WindowsHarness windows = over(Backend.HEAP)) {
      MetricPoint before = windows.points().get(0);
      windows.at(WindowsHarness.CLOCK - DAY);
      windows.restore();
      windows.add(labelled(FIRST, truth(true, END)));
      windows.pass(10 * SECOND);
      assertThat(windows.points())
          .isNotEmpty()
          .allMatch(point -> point.computedAt().isAfter(before.computedAt()));
    }
  }

  /** With no memory to gather in every part goes into the state by itself. */
  @Test
  void littleMemoryChangesNothing() throws Exception {
    try (WindowsHarness much = new WindowsHarness(Backend.ROCKSDB);
        WindowsHarness little = new WindowsHarness(Backend.ROCKSDB, 0)) {
      for (WindowsHarness windows : List.of(much, little)) {
        windows.add(fresh(FIRST));
        windows.add(fresh(SECOND_ONE));
        windows.add(labelled(FIRST, truth(true, END)));
        windows.add(corrected(FIRST, truth(true, END), truth(false, END + 1)));
        windows.watermark(END);
        windows.add(labelled(SECOND_ONE, truth(false, END)));
        windows.watermark(END + HORIZON + LATENESS);
      }
      assertThat(little.points()).isEqualTo(much.points());
    }
  }

  @ParameterizedTest
  @EnumSource
  void stateDoesNotGrowAfterAHorizon(Backend backend) throws Exception {
    long horizon = 6 * HOUR;
    ServedVersion hasty = served("v1", Task.BINARY, horizon, HOUR, DAY);
    try (WindowsHarness windows = new WindowsHarness(backend)) {
      int afterTen = 0;
      for (int i = 0; i < 100 * 24; i++) {
        long ts = NOON + i * horizon / 24;
        KeptPrediction one = binary(hasty, ts, 0.5, "country=DE");
        windows.add(fresh(one), labelled(one, truth(i % 3 == 0, ts + HOUR)));
        windows.watermark(ts);
        windows.pass(SECOND);
        if (i == 10 * 24 + 23) {
          afterTen = windows.entries();
        }
      }
      assertThat(windows.entries()).isPositive().isLessThanOrEqualTo(afterTen);
    }
  }

  @Test
  void labelsWithoutAPredictionAreCountedByTheirOwnTime() throws Exception {
    try (WindowsHarness windows = new WindowsHarness(Backend.HEAP)) {
      WindowContent change = new WindowContent(Shape.NONE);
      change.waits(HORIZON);
      change.countOrphan();
      change.countOrphan();
      QualityDelta part = QualityDelta.of(QualityKey.ofOrphans(Window.at(NOON, HOUR)));
      part.content().merge(change);
      windows.watermark(END + HORIZON);
      windows.add(List.of(part));
      windows.pass(1);
      assertThat(windows.points())
          .singleElement()
          .satisfies(
              point -> {
                assertThat(point.series())
                    .isEqualTo("labels_orphaned{job=\"online-metrics\",window=\"1h\"}");
                assertThat(point.value()).isEqualTo(2);
                assertThat(point.coverage()).isNull();
              });
      windows.watermark(END + HORIZON + LATENESS);
      assertThat(windows.entries()).isZero();
    }
  }

  /** Else what is of windows long over would cross the exchange with each watermark. */
  @Test
  void aPartOfAWindowThatIsOverWaitsBeforeTheExchange() {
    QualityFold fold = new QualityFold(LATENESS);
    fold.open(1 << 20);
    fold.add(fresh(FIRST), NOON);
    assertThat(fold.firstPaneEnd()).isEqualTo(END);
    List<QualityDelta> out = new ArrayList<>();
    fold.flush(END, out::add);
    assertThat(out).hasSize(1);
    fold.add(labelled(FIRST, truth(true, END)), NOON);
    assertThat(fold.firstPaneEnd()).isEqualTo(END + HORIZON + LATENESS);
    assertThat(folded(fresh(FIRST), fresh(SECOND_ONE))).hasSize(1);
  }
}
