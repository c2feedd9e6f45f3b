package io.plumbline.onlinemetrics.join;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Bytes by id, without an object for each: a collector of garbage has nothing to do with them, and
 * an id that changes again is appended again.
 */
final class IdTable {
  private static final int FIRST_SLOTS = 1 << 10;
  private static final int FIRST_BYTES = 1 << 16;

  /**
   * Of an id, beside its bytes: its halves, where its bytes are, a table half full; when it is due.
   */
  private static final int BYTES = 5 * Long.BYTES + 6 * Integer.BYTES;

  private long[] highs = new long[FIRST_SLOTS];
  private long[] lows = new long[FIRST_SLOTS];
  private int[] starts = new int[FIRST_SLOTS];
  private int[] lengths = new int[FIRST_SLOTS];
  private int size;

  /** Places by hash, and one more; 0: free. */
  private int[] slots = new int[FIRST_SLOTS];

  /** Drawn anew, so that nobody can choose ids that meet in a few slots. */
  private final long seed = new SecureRandom().nextLong();

  private byte[] arena = new byte[FIRST_BYTES];
  private int used;

  /** How many ids there are, those that were taken out too; their places are numbers from 0. */
  int size() {
    return size;
  }

  /** Bytes of memory, about. */
  long bytes() {
    return used + (long) size * BYTES;
  }

  /** The place of an id; -1: it is not there. */
  int find(IdHash id) {
    int at = slots[slot(id.high(), id.low())] - 1;
    return at >= 0 && lengths[at] == 0 ? -1 : at;
  }

  private int slot(long high, long low) {
    int mask = slots.length - 1;
    int slot = (int) SplitMix.mixed(low ^ seed) & mask;
    while (slots[slot] != 0 && !is(slots[slot] - 1, high, low)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private boolean is(int place, long high, long low) {
    return lows[place] == low && highs[place] == high;
  }

  /** Sets the bytes of an id, at least one. */
  void put(IdHash id, byte[] bytes, int length) {
    int slot = slot(id.high(), id.low());
    int place = slots[slot] - 1;
    if (place < 0) {
      place = add(id, slot);
    }
    if (used + length > arena.length) {
      arena = Arrays.copyOf(arena, Math.max(used + length, 2 * arena.length));
    }
    System.arraycopy(bytes, 0, arena, used, length);
    starts[place] = used;
    lengths[place] = length;
    used += length;
  }

  private int add(IdHash id, int slot) {
    if (size == highs.length) {
      highs = Arrays.copyOf(highs, 2 * size);
      lows = Arrays.copyOf(lows, 2 * size);
      starts = Arrays.copyOf(starts, 2 * size);
      lengths = Arrays.copyOf(lengths, 2 * size);
    }
    int place = size++;
    highs[place] = id.high();
    lows[place] = id.low();
    slots[slot] = size;
    if (2 * size > slots.length) {
      slots = new int[2 * slots.length];
      for (int i = 0; i < size; i++) {
        slots[slot(highs[i], lows[i])] = i + 1;
      }
    }
    return place;
  }

  /** Takes an id out; its place stays, without bytes. */
  void remove(IdHash id) {
    int place = find(id);
    if (place >= 0) {
      lengths[place] = 0;
    }
  }

  /** Takes all out; memory that a single one of many bytes has made large is given back. */
  void clear() {
    Arrays.fill(slots, 0);
    if (arena.length > 4L * used + FIRST_BYTES) {
      arena = new byte[FIRST_BYTES];
    }
    size = 0;
    used = 0;
  }

  /** The first half of the id at a place. */
  long high(int place) {
    return highs[place];
  }

  /** The id at a place. */
  IdHash id(int place) {
    return new IdHash(highs[place], lows[place]);
  }

  /** Where the bytes of all ids are. */
  byte[] arena() {
    return arena;
  }

  /** Where the bytes at a place begin. */
  int start(int place) {
    return starts[place];
  }

  /** How many bytes there are at a place; 0: the id was taken out. */
  int length(int place) {
    return lengths[place];
  }
}
