package io.plumbline.onlinemetrics.join;

import static io.plumbline.onlinemetrics.join.JoinHarness.answer;
import static io.plumbline.onlinemetrics.join.JoinHarness.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.onlinemetrics.join.JoinHarness.Backend;
import io.plumbline.onlinemetrics.model.Models;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.PlumblineConfig;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** State does not grow beyond what one horizon needs, however long the job runs. */
class ExpiryTest {
  private static final long NOON = 1_764_072_000_000L;
  private static final long MINUTE = 60_000;
  private static final long HORIZON = 1000 * MINUTE;
  private static final int IDS_OF_A_HORIZON = 1000;

  private static final String CONFIG =
      """
      models:
        - name: credit
          task: binary
          label_horizon: 1000m
          versions: [{version: v4, role: shadow}]
      """;

  private final Random random = new Random(4);

  private long entries(JoinHarness join, long from, long to) throws Exception {
    for (long time = from; time < to; time += MINUTE) {
      String id = Long.toString(time);
      join.predict(answer(id, "credit", "v3", time, 0.5));
      join.predict(answer(id, "credit", "v4", time, 0.5));
      if (random.nextBoolean()) {
        join.label(text(id, time + random.nextInt((int) HORIZON), "1"));
      }
      if (random.nextInt(20) == 0) {
        join.label(text("orphan " + id, time, "1"));
      }
      if (time % (10 * MINUTE) == 0) {
        join.watermark(time);
        join.harness().getOutput().clear();
      }
    }
    join.orphans();
    join.deadLetters();
    join.fresh();
    return join.entries();
  }

  @ParameterizedTest
  @EnumSource
  void afterHundredHorizonsThereIsNoMoreThanAfterTwo(Backend backend) throws Exception {
    try (JoinHarness join = new JoinHarness(Models.fixed(CONFIG), backend)) {
      long two = entries(join, NOON, NOON + 2 * HORIZON);
      long bytes = join.bytes();
      // An id, its place in a list of its own or with others, a timer; and a sixteenth longer.
      assertThat(two).isBetween((long) IDS_OF_A_HORIZON, 4L * IDS_OF_A_HORIZON);
      for (long horizons : new long[] {10, 100}) {
        long start = NOON + (horizons - 2) * HORIZON;
        long now = entries(join, start, NOON + horizons * HORIZON);
        assertThat(now).as("after %d horizons", horizons).isBetween(two * 9 / 10, two * 11 / 10);
        assertThat(join.bytes())
            .as("bytes after %d horizons", horizons)
            .isBetween(bytes * 9 / 10, bytes * 11 / 10);
      }
      join.watermark(NOON + 103 * HORIZON);
      assertThat(join.entries()).isZero();
    }
  }

  private static KeptPrediction kept(long ts) {
    return new KeptPrediction(
        new ServedVersion("m", "v", null, null, HORIZON, null, List.of()),
        List.of(),
        ts,
        false,
        0,
        null,
        null,
        null);
  }

  @Test
  void anIdIsDueASixteenthAfterItsHorizonAtTheLatest() {
    for (int i = 0; i < 10_000; i++) {
      long ts = random.nextLong(-NOON, NOON);
      int bucket = random.nextInt(IdHash.BUCKETS);
      KnownId known = KnownId.NOTHING.with(kept(ts));
      long due = Expiry.due(known, bucket);
      assertThat(due).isBetween(ts + HORIZON, ts + HORIZON + HORIZON / 16 - 1);
      // The same list for all that are due at about the same time.
      assertThat(Math.floorMod(due - HORIZON / 16 * bucket / IdHash.BUCKETS, HORIZON / 16))
          .isZero();
    }
  }

  /** A source that has not begun admits what is older than the watermark of the others. */
  @ParameterizedTest
  @EnumSource
  void anIdThatComesBackExpiresAgain(Backend backend) throws Exception {
    try (JoinHarness join = new JoinHarness(Models.fixed(CONFIG), backend)) {
      for (int times = 1; times <= 3; times++) {
        join.predict(answer("p", "credit", "v3", NOON, 0.5));
        assertThat(join.entries()).isPositive();
        join.watermark(NOON + 2L * times * HORIZON);
        assertThat(join.entries()).as("the %d. time", times).isZero();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRunThatAllowsMoreLatenessKeepsIdsLonger(Backend backend) throws Exception {
    PlumblineConfig hour = ConfigLoader.parse("test", "ingest: {allowed_lateness: 1h}");
    try (JoinHarness join = new JoinHarness(Models.fixed(CONFIG), backend)) {
      join.predict(answer("p", "credit", "v3", NOON, 0.5));
      join.restore(hour);
      long due = Expiry.due(KnownId.NOTHING.with(kept(NOON)), new IdHasher().hash("p").bucket());
      join.watermark(due + 30 * MINUTE);
      join.label(text("p", NOON + MINUTE, "1"));
      assertThat(join.orphans()).isEmpty();
      join.watermark(due + 60 * MINUTE);
      assertThat(join.entries()).isZero();
      assertThat(join.orphans()).isEmpty();
    }
  }
}
