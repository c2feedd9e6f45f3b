package io.plumbline.onlinemetrics.join;

import static io.plumbline.onlinemetrics.join.JoinHarness.answer;
import static io.plumbline.onlinemetrics.join.JoinHarness.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.onlinemetrics.join.JoinHarness.Backend;
import io.plumbline.onlinemetrics.model.Models;
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

  @Test
  void anIdIsDueASixteenthAfterItsHorizonAtTheLatest() {
    KeptPrediction kept =
        new KeptPrediction(
            new ServedVersion("m", "v", null, null, HORIZON, null),
            java.util.List.of(),
            0,
            false,
            0,
            null,
            null,
            null);
    for (int i = 0; i < 10_000; i++) {
      long ts = random.nextLong(-NOON, NOON);
      int bucket = random.nextInt(IdHash.BUCKETS);
      KnownId known =
          KnownId.NOTHING.with(
              new KeptPrediction(kept.served(), kept.segments(), ts, false, 0, null, null, null));
      long due = Expiry.due(known, bucket);
      assertThat(due).isBetween(ts + HORIZON, ts + HORIZON + HORIZON / 16 - 1);
      // The same list for all that are due at about the same time.
      assertThat(Math.floorMod(due - HORIZON / 16 * bucket / IdHash.BUCKETS, HORIZON / 16))
          .isZero();
    }
  }
}
