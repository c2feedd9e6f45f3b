package io.plumbline.runtime.control;

import io.plumbline.runtime.config.Silence;
import io.plumbline.runtime.ingest.Malformed;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * What control says, in an operator that takes its stream broadcast. The broadcast state holds only
 * what came from control, never the file's part, so that an edited file counts at the next start.
 * Until something came, and where it is newer, the launcher's snapshot counts. Of a topic that was
 * made anew each change counts at once; what its predecessor said beside them holds until the new
 * one was read whole.
 *
 * <pre>
 * events.connect(control.broadcast(ControlState.DESCRIPTOR)).process(function)
 *
 * processBroadcastElement: if (control.add(change, context.getBroadcastState(DESCRIPTOR),
 *                                          context.currentProcessingTime())) ...
 * processElement:          control.overrides(context.getBroadcastState(DESCRIPTOR))
 * </pre>
 */
public final class ControlState implements Serializable {
  /** The last change of each thing by its key, and the last end of a replay. */
  public static final MapStateDescriptor<String, ControlChange> DESCRIPTOR =
      new MapStateDescriptor<>("control", Types.STRING, TypeInformation.of(ControlChange.class));

  private final ControlSnapshot initial;
  private final EnumSet<ControlKind> kinds;
  private transient Overrides current;

  /**
   * @param initial as the launcher read it
   * @param kind what the operator goes by
   * @param more of that; of other kinds it keeps nothing
   */
  public ControlState(ControlSnapshot initial, ControlKind kind, ControlKind... more) {
    this.initial = initial;
    kinds = EnumSet.of(kind, more);
  }

  /**
   * Takes a change into the state.
   *
   * @param now by the clock of the machine: silences that are over then are forgotten
   * @return whether it changes anything: false for one that state or snapshot had already, and for
   *     what the operator does not go by
   */
  public boolean add(ControlChange change, BroadcastState<String, ControlChange> state, long now)
      throws Exception {
    if (change.endsReplay()) {
      return endReplay(change, state);
    }
    Optional<ControlKind> kind = ControlKind.of(change.message().kind());
    if (kind.isEmpty() || !kinds.contains(kind.get())) {
      return false;
    }
    ControlChange stored = state.get(change.key());
    boolean isOld = stored != null && !change.isLaterThan(stored);
    if (isOld || read(state).replaces(change.epoch())) {
      return false;
    }
    if (kind.get() == ControlKind.SILENCE) {
      forgetSilences(state, Instant.ofEpochMilli(now));
    }
    state.put(change.key(), change);
    ControlChange launchers = initial.get(change.key());
    if (launchers != null && counts(launchers, state) && !change.isLaterThan(launchers)) {
      return false;
    }
    current = current == null ? null : current.with(change);
    return true;
  }

  /** Forgets what earlier topics said; the end itself is kept, to tell them after a restore. */
  private boolean endReplay(ControlChange end, BroadcastState<String, ControlChange> state)
      throws Exception {
    ControlEpoch before = read(state);
    if (before.replaces(end.epoch())) {
      return false;
    }
    state.put(end.key(), end);
    List<String> over = new ArrayList<>();
    for (Map.Entry<String, ControlChange> stored : state.entries()) {
      if (end.epoch().replaces(stored.getValue().epoch())) {
        over.add(stored.getKey());
      }
    }
    for (String key : over) {
      state.remove(key);
    }
    boolean isNew = !before.isSame(end.epoch());
    current = isNew ? null : current;
    return isNew;
  }

  /** The newest epoch that was read whole, by the launcher or by the job's source. */
  private ControlEpoch read(ReadOnlyBroadcastState<String, ControlChange> state) throws Exception {
    ControlChange end = state.get(ControlChange.END_OF_REPLAY);
    return end == null ? initial.epoch() : ControlEpoch.newest(initial.epoch(), end.epoch());
  }

  private boolean counts(ControlChange change, ReadOnlyBroadcastState<String, ControlChange> state)
      throws Exception {
    return !change.endsReplay() && !read(state).replaces(change.epoch());
  }

  /**
   * People make silences by the thousand, each under a name of its own. One that the snapshot has
   * stays: without its last change, what the snapshot says would hold again after a restore.
   */
  private void forgetSilences(BroadcastState<String, ControlChange> state, Instant now)
      throws Exception {
    List<String> over = new ArrayList<>();
    for (Map.Entry<String, ControlChange> stored : state.entries()) {
      ControlChange change = stored.getValue();
      if (!change.endsReplay()
          && change.message().kind().equals(ControlKind.SILENCE.key())
          && initial.get(stored.getKey()) == null
          && isOver(change, now)) {
        over.add(stored.getKey());
      }
    }
    for (String key : over) {
      state.remove(key);
    }
  }

  private static boolean isOver(ControlChange change, Instant now) {
    try {
      return !(ControlDecoder.spec(change.message()) instanceof Silence silence)
          || !silence.until().isAfter(now);
    } catch (Malformed e) {
      // Of another version: nobody goes by it.
      return true;
    }
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
      List<ControlChange> counting = new ArrayList<>();
      for (ControlChange change : all) {
        if (counts(change, state)) {
          counting.add(change);
        }
      }
      current = Overrides.of(counting);
    }
    return current;
  }
}
