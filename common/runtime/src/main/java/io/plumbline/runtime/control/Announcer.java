package io.plumbline.runtime.control;

import io.plumbline.runtime.ingest.CatchUpState;
import io.plumbline.runtime.state.KeyGroups;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Announces each registered entry of a kind to the keyed operators that watch it, so that it has a
 * timer although nothing may ever come of it, and again when the registry changes. Behind these
 * each task of the keyed operators is told once that the sources have caught up, from when on
 * silence counts, whether or not it has an entry: it may have one of an earlier run. A single task,
 * so that they stay in this order; its job has one maximum parallelism.
 *
 * @param <S> what is announced of an entry
 */
public final class Announcer<S>
    extends BroadcastProcessFunction<CatchUpState, ControlChange, Announcement<S>> {
  private final ControlKind kind;
  private final ControlState control;
  private final Entries<S> entries;

  /** What was announced last, by name; null: nothing has been in this run. */
  private transient Map<String, S> announced;

  private transient boolean caughtUp;

  /**
   * The entries that hold.
   *
   * @param <S> what is announced of an entry
   */
  @FunctionalInterface
  public interface Entries<S> extends Serializable {
    /**
     * @param overrides what control says over the file
     * @return by name
     */
    Map<String, S> under(Overrides overrides);
  }

  Announcer(ControlKind kind, ControlState control, Entries<S> entries) {
    this.kind = kind;
    this.control = control;
    this.entries = entries;
  }

  /**
   * The announcements of a kind.
   *
   * @param catchUp of the job's sources; nothing is announced before its first record
   * @param initial what control said when the launcher read it
   * @param name of the operator, and its uid
   */
  public static <S> SingleOutputStreamOperator<Announcement<S>> announce(
      DataStream<CatchUpState> catchUp,
      DataStream<ControlChange> control,
      ControlSnapshot initial,
      ControlKind kind,
      Entries<S> entries,
      TypeInformation<S> type,
      String name) {
    return catchUp
        .connect(control.broadcast(ControlState.DESCRIPTOR))
        .process(
            new Announcer<>(kind, new ControlState(initial, kind), entries),
            Announcement.type(type))
        .name(name)
        .uid(name)
        .setParallelism(1);
  }

  @Override
  public void processElement(
      CatchUpState state, ReadOnlyContext context, Collector<Announcement<S>> out)
      throws Exception {
    if (announced == null) {
      announce(control.overrides(context.getBroadcastState(ControlState.DESCRIPTOR)), out);
    }
    if (state.caughtUp() && !caughtUp) {
      caughtUp = true;
      int groups = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
      KeyGroups.oneKeyOfEach(groups).forEach(key -> out.collect(Announcement.caughtUp(key)));
    }
  }

  @Override
  public void processBroadcastElement(
      ControlChange change, Context context, Collector<Announcement<S>> out) throws Exception {
    var state = context.getBroadcastState(ControlState.DESCRIPTOR);
    if (control.add(change, state, context.currentProcessingTime()) && announced != null) {
      announce(control.overrides(state), out);
    }
  }

  private void announce(Overrides overrides, Collector<Announcement<S>> out) {
    Map<String, S> now = entries.under(overrides);
    Set<String> overridden = overrides.specs(kind, kind.type()).keySet();
    Map<String, S> before = announced == null ? Map.of() : announced;
    boolean begins = announced == null;
    now.forEach(
        (name, spec) -> {
          if (!spec.equals(before.get(name))) {
            out.collect(Announcement.of(name, spec, begins && !overridden.contains(name)));
          }
        });
    for (String name : before.keySet()) {
      if (!now.containsKey(name)) {
        out.collect(Announcement.of(name, null, false));
      }
    }
    announced = now;
  }
}
