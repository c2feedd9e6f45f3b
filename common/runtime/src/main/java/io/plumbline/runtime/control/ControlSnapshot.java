package io.plumbline.runtime.control;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the control topic said when it was read: the last change of each thing, those included that
 * take an earlier one back.
 */
public final class ControlSnapshot implements Serializable {
  private final ControlEpoch epoch;
  private final TreeMap<String, ControlChange> changes;
  private final long next;

  /**
   * @param epoch that of all changes
   * @param next the offset from which a source goes on
   */
  public ControlSnapshot(ControlEpoch epoch, Collection<ControlChange> changes, long next) {
    this.epoch = epoch;
    this.changes = new TreeMap<>();
    changes.forEach(change -> this.changes.merge(change.key(), change, ControlChange::later));
    this.next = next;
  }

  /**
   * What the topic says after more of it was read: without what was said here, if it was made anew.
   *
   * @param more changes; those of another epoch than the position's do not count
   * @param position how far it was read
   */
  ControlSnapshot after(Collection<ControlChange> more, ControlPosition position) {
    List<ControlChange> all = new ArrayList<>();
    if (position.epoch().isSame(epoch)) {
      all.addAll(changes.values());
    }
    more.stream()
        .filter(change -> !change.endsReplay() && change.epoch().isSame(position.epoch()))
        .forEach(all::add);
    return new ControlSnapshot(position.epoch(), all, position.next());
  }

  /** The topic that was read. */
  public ControlEpoch epoch() {
    return epoch;
  }

  /** The last change of each thing, by key. */
  public Map<String, ControlChange> changes() {
    return Map.copyOf(changes);
  }

  /** The last change of one thing, by key; null if there was none. */
  ControlChange get(String key) {
    return changes.get(key);
  }

  /** The last change of one thing. */
  public Optional<ControlChange> get(ControlKind kind, String name) {
    return Optional.ofNullable(changes.get(ControlDocument.key(kind, name)));
  }

  /** The last changes of a kind that were not taken back, by name. */
  public List<ControlChange> of(ControlKind kind) {
    return changes.values().stream()
        .filter(change -> change.message().kind().equals(kind.key()))
        .filter(change -> change.message().spec() != null)
        .toList();
  }

  /**
   * Where a source goes on: at the oldest record that could not be read, so that the job refuses it
   * itself and says so; without one, at the next record.
   */
  public ControlPosition position() {
    return new ControlPosition(epoch, next);
  }

  /** How much was said until then. */
  public Revision revision() {
    long offset = changes.values().stream().mapToLong(ControlChange::offset).max().orElse(-1);
    return new Revision(epoch.number(), offset);
  }
}
