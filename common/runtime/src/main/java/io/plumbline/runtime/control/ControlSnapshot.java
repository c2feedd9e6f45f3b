package io.plumbline.runtime.control;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the control topic said when the launcher read it: the last change of each thing, those
 * included that take an earlier one back.
 */
public final class ControlSnapshot implements Serializable {
  private final TreeMap<String, ControlChange> changes;
  private final long next;

  /**
   * @param next the offset from which a source goes on
   */
  public ControlSnapshot(Collection<ControlChange> changes, long next) {
    this.changes = new TreeMap<>();
    changes.forEach(change -> this.changes.merge(change.key(), change, ControlChange::later));
    this.next = next;
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
   * The offset from which a source goes on: that of the oldest record that could not be read, so
   * that the job refuses it itself and says so; without one, that of the next record.
   */
  public long next() {
    return next;
  }
}
