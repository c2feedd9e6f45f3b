package io.plumbline.runtime.aggregate;

import java.util.HashMap;
import java.util.Map;

/**
 * What was worked out and can be worked out again, kept within a number of bytes: when it does not
 * fit any more, all of it is forgotten at once, so that keeping count costs nothing per look-up.
 *
 * @param <K> what was asked
 * @param <V> the answer
 */
public final class BoundedMemo<K, V> {
  /** Of an entry of the map, beside what it refers to. */
  private static final int ENTRY_BYTES = 64;

  private final long mostBytes;
  private final Map<K, V> answers = new HashMap<>();
  private long bytes;

  /**
   * @param mostBytes of all answers and what they were asked for
   */
  public BoundedMemo(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** The answer; null: it is not known. */
  public V get(K key) {
    return answers.get(key);
  }

  /**
   * Keeps an answer, unless it has no room even by itself.
   *
   * @param size about how many bytes of memory it takes, with what it was asked for
   */
  public void put(K key, V answer, long size) {
    long with = size + ENTRY_BYTES;
    if (with > mostBytes) {
      return;
    }
    if (bytes + with > mostBytes) {
      answers.clear();
      bytes = 0;
    }
    answers.put(key, answer);
    bytes += with;
  }

  /** About how many bytes of memory it takes. */
  public long bytes() {
    return bytes;
  }
}
