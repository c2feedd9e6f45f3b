package io.plumbline.featurehealth.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.runtime.aggregate.FoldMemory;
import io.plumbline.runtime.control.Announcement;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When features that are not registered were last seen. */
class LastSeenTest {
  private static final FeatureSpec SPEC = new FeatureSpec("1", "x", 3600_000L);

  private TwoInputStreamOperatorTestHarness<Announcement<FeatureSpec>, NewestTime, FeatureNews>
      harness;

  @BeforeEach
  void open() throws Exception {
    open(null);
  }

  private void open(OperatorSubtaskState state) throws Exception {
    open(3, 9L << 20, state);
  }

  private void open(long limit, long bytes, OperatorSubtaskState state) throws Exception {
    harness =
        new TwoInputStreamOperatorTestHarness<>(
            new CoProcessOperator<>(new LastSeen(limit, FoldMemory.bytes(bytes))));
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private List<FeatureNews> seen(String feature, long time) throws Exception {
    int before = harness.extractOutputValues().size();
    harness.processElement2(new StreamRecord<>(new NewestTime(feature, time, false)));
    return harness.extractOutputValues().stream().skip(before).toList();
  }

  /** The newest time that the registration of a feature, or its removal, carries. */
  private Long announce(String feature, FeatureSpec spec) throws Exception {
    harness.processElement1(new StreamRecord<>(Announcement.of(feature, spec, false)));
    FeatureNews news = harness.extractOutputValues().get(harness.extractOutputValues().size() - 1);
    assertThat(news.feature()).isEqualTo(feature);
    assertThat(news.announced()).isTrue();
    assertThat(news.spec()).isEqualTo(spec);
    return news.newest();
  }

  @Test
  void aRegistrationCarriesTheNewestTime() throws Exception {
    assertThat(seen("income", 5)).isEmpty();
    assertThat(seen("income", 4)).isEmpty();
    assertThat(announce("income", SPEC)).isEqualTo(5);
    assertThat(announce("income", SPEC)).isNull();
    assertThat(announce("age", SPEC)).isNull();
  }

  @Test
  void itOutlivesARestart() throws Exception {
    seen("income", 5);
    OperatorSubtaskState state = harness.snapshot(1, 1);
    close();
    open(state);
    assertThat(announce("income", SPEC)).isEqualTo(5);
  }

  @Test
  void ofMoreThanTheLimitThoseSeenLongestAgoAreForgotten() throws Exception {
    seen("a", 1);
    seen("b", 2);
    seen("c", 3);
    seen("a", 4);
    for (int i = 0; i < 1000; i++) {
      seen("noise" + i, 0);
    }
    seen("d", 5);
    assertThat(announce("b", SPEC)).isNull();
    assertThat(announce("a", SPEC)).isEqualTo(4);
    assertThat(announce("c", SPEC)).isEqualTo(3);
    assertThat(announce("d", SPEC)).isEqualTo(5);
    assertThat(announce("noise999", SPEC)).isNull();
  }

  @Test
  void namesAsLongAsRecordsDoNotFillTheMemory() throws Exception {
    String name = "x".repeat((2 << 20) - 1);
    for (int i = 0; i < 3; i++) {
      seen(name + i, i);
    }
    assertThat(announce(name + 0, SPEC)).isNull();
    assertThat(announce(name + 1, SPEC)).isEqualTo(1);
    assertThat(announce(name + 2, SPEC)).isEqualTo(2);
    seen("income", 5);
    assertThat(announce("income", SPEC)).isEqualTo(5);
  }

  @Test
  void shortNamesStayWithinTheBytes() throws Exception {
    long bytes = 8L << 20;
    close();
    long before = used();
    open(1_000_000, bytes, null);
    for (int i = 0; i < 200_000; i++) {
      seen("feature_%08d".formatted(i), i);
    }
    long heap = used() - before;
    assertThat(heap).isBetween(bytes / 3, bytes);
    OperatorSubtaskState state = harness.snapshot(1, 1);
    // A smaller process takes the newest of them.
    close();
    open(1_000_000, 10 * 300, state);
    assertThat(announce("feature_00199999", SPEC)).isEqualTo(199_999);
    assertThat(announce("feature_00199900", SPEC)).isNull();
  }

  private static long used() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(50);
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void aNameForWhichThereIsNoRoomAtAllTakesThatOfNoOther() throws Exception {
    seen("income", 5);
    seen("x".repeat(5 << 20), 6);
    assertThat(announce("income", SPEC)).isEqualTo(5);
  }

  @Test
  void thatTheSourcesHaveCaughtUpGoesOnAndIsAboutNoFeature() throws Exception {
    seen("0", 5);
    harness.processElement1(new StreamRecord<>(Announcement.caughtUp("0")));
    assertThat(harness.extractOutputValues()).containsExactly(FeatureNews.caughtUp("0"));
    assertThat(seen("0", 6)).isEmpty();
    assertThat(announce("0", SPEC)).isEqualTo(6);
  }

  @Test
  void aTimeOfARegisteredFeatureGoesOn() throws Exception {
    announce("income", SPEC);
    assertThat(seen("income", 7)).containsExactly(FeatureNews.newest("income", 7));
    announce("income", null);
    assertThat(seen("income", 8)).isEmpty();
    assertThat(announce("income", SPEC)).isEqualTo(8);
  }
}
