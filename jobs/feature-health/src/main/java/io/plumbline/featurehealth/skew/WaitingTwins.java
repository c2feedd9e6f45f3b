package io.plumbline.featurehealth.skew;

import java.util.Optional;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The twins of each key's feature that wait for the other one, in the order in which they came,
 * which is that of their end. Those that have met it stay as long: a second value meets nobody.
 */
final class WaitingTwins {
  /** By entity and time. */
  private final MapState<String, WaitingTwin> waiting;

  private final MapState<Long, String> queue;

  /** The position of the first in the queue, and that after the last; null: it is empty. */
  private final ValueState<Long> first;

  private final ValueState<Long> next;

  /** Takes a twin that is let go. */
  @FunctionalInterface
  interface Unmatched {
    void letGo(Twin twin) throws Exception;
  }

  WaitingTwins(RuntimeContext context) {
    waiting =
        context.getMapState(
            new MapStateDescriptor<>(
                "waiting", Types.STRING, TypeInformation.of(WaitingTwin.class)));
    queue = context.getMapState(new MapStateDescriptor<>("queue", Types.LONG, Types.STRING));
    first = context.getState(new ValueStateDescriptor<>("queue-first", Types.LONG));
    next = context.getState(new ValueStateDescriptor<>("queue-next", Types.LONG));
  }

  /**
   * Takes a twin.
   *
   * @param until when it waits, in epoch milliseconds: never less than for the one before
   * @return the twin that it meets; empty: it waits, it corrects the one that does, or the two have
   *     met before
   */
  Optional<Twin> meet(Twin twin, long until) throws Exception {
    String meeting = twin.meeting();
    WaitingTwin before = waiting.get(meeting);
    if (before == null) {
      waiting.put(meeting, new WaitingTwin(twin, until, false));
      enqueue(meeting);
      return Optional.empty();
    }
    if (before.matched()) {
      return Optional.empty();
    }
    if (before.twin().online() == twin.online()) {
      waiting.put(meeting, new WaitingTwin(twin, before.until(), false));
      return Optional.empty();
    }
    waiting.put(meeting, new WaitingTwin(before.twin(), before.until(), true));
    return Optional.of(before.twin());
  }

  private void enqueue(String meeting) throws Exception {
    long position = next.value() == null ? 0 : next.value();
    queue.put(position, meeting);
    next.update(position + 1);
  }

  /** Lets those go that have waited long enough. */
  void expire(long now, Unmatched unmatched) throws Exception {
    long position = first.value() == null ? 0 : first.value();
    long end = next.value() == null ? 0 : next.value();
    for (; position < end; position++) {
      String meeting = queue.get(position);
      WaitingTwin one = waiting.get(meeting);
      if (one.until() > now) {
        break;
      }
      queue.remove(position);
      waiting.remove(meeting);
      if (!one.matched()) {
        unmatched.letGo(one.twin());
      }
    }
    if (position == end) {
      first.clear();
      next.clear();
    } else {
      first.update(position);
    }
  }

  /** Whether there is none, not even one that has met the other. */
  boolean isEmpty() throws Exception {
    return next.value() == null;
  }
}
