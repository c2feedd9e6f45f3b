package io.plumbline.runtime.control;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * What control says, in an operator that takes its stream broadcast. The broadcast state holds only
 * what came from control, never the file's part, so that an edited file counts at the next start.
 * Until something came, and where it is newer, the launcher's snapshot counts.
 *
 * <pre>
 * events.connect(control.broadcast(ControlState.DESCRIPTOR)).process(function)
 *
 * processBroadcastElement: if (control.add(change, context.getBroadcastState(DESCRIPTOR))) ...
 * processElement:          control.overrides(context.getBroadcastState(DESCRIPTOR))
 * </pre>
 */
public final class ControlState implements Serializable {
  /** The last change of each thing by its key. */
  public static final MapStateDescriptor<String, ControlChange> DESCRIPTOR =
      new MapStateDescriptor<>("control", Types.STRING, TypeInformation.of(ControlChange.class));

  private final ControlSnapshot initial;
  private transient Overrides current;

  /**
   * @param initial as the launcher read it
   */
  public ControlState(ControlSnapshot initial) {
    this.initial = initial;
  }

  /**
   * Takes a change into the state.
   *
   * @return whether it changes anything: false for one that state or snapshot had already
   */
  public boolean add(ControlChange change, BroadcastState<String, ControlChange> state)
      throws Exception {
    ControlChange stored = state.get(change.key());
    if (stored != null && stored.offset() >= change.offset()) {
      return false;
    }
    state.put(change.key(), change);
    ControlChange launchers = initial.changes().get(change.key());
    if (launchers != null && launchers.offset() >= change.offset()) {
      return false;
    }
    current = current == null ? null : current.with(change);
    return true;
  }

  /**
   * What holds now. The same object until a change comes, so that it can be asked for each event.
   */
  public Overrides overrides(ReadOnlyBroadcastState<String, ControlChange> state) throws Exception {
    if (current == null) {
      List<ControlChange> all = new ArrayList<>(initial.changes().values());
      for (Map.Entry<String, ControlChange> stored : state.immutableEntries()) {
        all.add(stored.getValue());
      }
      current = Overrides.of(all);
    }
    return current;
  }
}
