package io.plumbline.onlinemetrics.join;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * What is known of each id: what has changed since the last barrier on the heap, all else in the
 * state of the id's bucket. The state is written to before a barrier, many ids of a bucket at once;
 * so its newest part is empty in between, which is the slowest to look into.
 */
final class KnownIds {
  /** Arrays have an end, however large the heap is. */
  private static final long MOST_BYTES = 1 << 29;

  private static final int FIRST_BYTES = 256;

  private final MapState<IdHash, byte[]> state;
  private final long mostBytes;
  private final KnownIdForm form = new KnownIdForm();
  private final IdTable changed = new IdTable();
  private DataOutputSerializer out = new DataOutputSerializer(FIRST_BYTES);
  private final DataInputDeserializer in = new DataInputDeserializer();

  /**
   * @param state in the {@link KnownIdForm}
   * @param memory of what waits, in bytes. As arrays double, half of it may be filled before the
   *     state is written to early
   */
  KnownIds(MapState<IdHash, byte[]> state, long memory) {
    this.state = state;
    mostBytes = Math.min(memory / 2, MOST_BYTES);
  }

  /** What is known of an id of the current bucket. */
  KnownId get(IdHash id) throws Exception {
    int place = changed.find(id);
    if (place >= 0) {
      return read(changed.arena(), changed.start(place), changed.length(place));
    }
    byte[] bytes = state.get(id);
    return bytes == null ? KnownId.NOTHING : read(bytes, 0, bytes.length);
  }

  private KnownId read(byte[] bytes, int start, int length) throws IOException {
    in.setBuffer(bytes, start, length);
    return form.read(in);
  }

  /** Sets what is known of an id. */
  void put(IdHash id, KnownId known) throws IOException {
    out.clear();
    form.write(known, out);
    changed.put(id, out.getSharedBuffer(), out.length());
  }

  /** Forgets an id of the current bucket. */
  void remove(IdHash id) throws Exception {
    changed.remove(id);
    state.remove(id);
  }

  /** Whether the heap has so much that the state must be written to. */
  boolean isFull() {
    return changed.bytes() > mostBytes;
  }

  /**
   * Writes what has changed to the state.
   *
   * @param keys sets the bucket that is current
   */
  void store(Consumer<Integer> keys) throws Exception {
    ByBucket.forEach(
        changed.size(), changed::high, (bucket, places) -> store(bucket, places, keys));
    changed.clear();
    out = new DataOutputSerializer(FIRST_BYTES);
  }

  private void store(Integer bucket, int[] places, Consumer<Integer> keys) throws Exception {
    Map<IdHash, byte[]> entries = new HashMap<>();
    for (int place : places) {
      int length = changed.length(place);
      if (length > 0) {
        int start = changed.start(place);
        entries.put(changed.id(place), Arrays.copyOfRange(changed.arena(), start, start + length));
      }
    }
    // Nothing put would be an entry for some backends.
    if (!entries.isEmpty()) {
      keys.accept(bucket);
      state.putAll(entries);
    }
  }
}
