package io.plumbline.featurehealth.freshness;

import io.plumbline.runtime.expectation.Quantities;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/** How old the newest value of each key's feature is. All times are in epoch milliseconds. */
final class Freshness {
  /** It stays when the registry drops the feature, which may come back; but not for ever. */
  private static final Duration KEPT_UNREAD = Duration.ofDays(90);

  private final ValueState<Long> newest;

  /** When the feature was registered: without a value it goes stale from then on. */
  private final ValueState<Long> since;

  Freshness(RuntimeContext context) {
    ValueStateDescriptor<Long> newestTime = new ValueStateDescriptor<>("newest", Types.LONG);
    newestTime.enableTimeToLive(
        StateTtlConfig.newBuilder(KEPT_UNREAD).updateTtlOnReadAndWrite().build());
    newest = context.getState(newestTime);
    since = context.getState(new ValueStateDescriptor<>("registered-since", Types.LONG));
  }

  /** Takes note that the feature is registered from now on. */
  void begin(long now) throws Exception {
    since.update(now);
  }

  /** Takes note that it is not registered any more. */
  void end() {
    since.clear();
  }

  /**
   * Takes note of a value.
   *
   * @return whether it is newer than all before
   */
  boolean seen(long time) throws Exception {
    Long before = newest.value();
    if (before != null && before >= time) {
      return false;
    }
    newest.update(time);
    return true;
  }

  /** Null: no value has come. */
  Long newest() throws Exception {
    return newest.value();
  }

  /** Milliseconds since the newest value, else since the feature was registered. */
  long age(long now) throws Exception {
    return Math.max(0, now - from());
  }

  private long from() throws Exception {
    Long last = newest.value();
    return last == null ? since.value() : last;
  }

  /**
   * From when on a registered feature is stale; null: it never is.
   *
   * @param sla milliseconds; null: there is none
   */
  Long staleFrom(Long sla) throws Exception {
    // At an age of exactly the SLA it is still fresh.
    return sla == null ? null : from() + sla + 1;
  }

  boolean isStale(long now, Long sla) throws Exception {
    Long breach = staleFrom(sla);
    return breach != null && now >= breach;
  }

  /** The issue in words, if it is stale. */
  Optional<String> issue(long now, Long sla) throws Exception {
    if (!isStale(now, sla)) {
      return Optional.empty();
    }
    String age = (newest.value() == null ? "never came in " : "") + length(age(now));
    return Optional.of("stale: %s, SLA %s".formatted(age, length(sla)));
  }

  private static String length(long millis) {
    return Quantities.length(Duration.ofMillis(millis));
  }
}
