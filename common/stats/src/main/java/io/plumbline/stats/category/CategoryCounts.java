package io.plumbline.stats.category;

import io.plumbline.stats.Mergeable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * How often each category stands, exactly, however many there are. Categories are UTF-8 bytes in
 * one arena beside an open-addressing table: a million of them are three arrays, not a million
 * objects.
 */
public final class CategoryCounts implements Mergeable<CategoryCounts> {
  private static final int FIRST_CAPACITY = 16;

  private static final int FIRST_ARENA = 256;

  private final CategoryMemory memory;
  private byte[] arena = new byte[FIRST_ARENA];
  private int[] end = new int[FIRST_CAPACITY];
  private long[] count = new long[FIRST_CAPACITY];
  private int[] table = new int[2 * FIRST_CAPACITY];
  private int size;
  private long nulls;
  private long total;

  /** Counts as many categories as there are. */
  public CategoryCounts() {
    this(CategoryMemory.unlimited());
  }

  /** Counts categories until the memory is full, from then on cells alone. */
  public CategoryCounts(CategoryMemory memory) {
    this.memory = memory;
  }

  public void addNulls(long rows) {
    nulls += rows;
  }

  /** Adds a category, {@code times} times. */
  public void add(byte[] utf8, long times) {
    add(utf8, 0, utf8.length, times);
  }

  /** Adds the category in a part of an array, {@code times} times. */
  public void add(byte[] utf8, int offset, int length, long times) {
    if (times == 0) {
      return;
    }
    total += times;
    if (memory.full()) {
      letGo();
      return;
    }
    int slot = hash(utf8, offset, length) & (table.length - 1);
    while (table[slot] != 0) {
      int entry = table[slot] - 1;
      if (Arrays.equals(arena, start(entry), end[entry], utf8, offset, offset + length)) {
        count[entry] += times;
        return;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    append(utf8, offset, length, times, slot);
  }

  private void letGo() {
    if (size > 0) {
      arena = new byte[FIRST_ARENA];
      end = new int[FIRST_CAPACITY];
      count = new long[FIRST_CAPACITY];
      table = new int[2 * FIRST_CAPACITY];
      size = 0;
    }
  }

  private void append(byte[] utf8, int offset, int length, long times, int slot) {
    memory.take(length);
    if (memory.full()) {
      letGo();
      return;
    }
    if (size == count.length) {
      end = Arrays.copyOf(end, 2 * size);
      count = Arrays.copyOf(count, 2 * size);
    }
    int from = start(size);
    int to = Math.addExact(from, length);
    if (to > arena.length) {
      arena =
          Arrays.copyOf(
              arena, Math.max(to, (int) Math.min(2L * arena.length, Integer.MAX_VALUE - 8)));
    }
    System.arraycopy(utf8, offset, arena, from, length);
    end[size] = to;
    count[size] = times;
    table[slot] = ++size;
    if (2 * size > table.length) {
      rehash();
    }
  }

  private void rehash() {
    table = new int[2 * table.length];
    for (int entry = 0; entry < size; entry++) {
      int slot = hash(arena, start(entry), end[entry] - start(entry)) & (table.length - 1);
      while (table[slot] != 0) {
        slot = (slot + 1) & (table.length - 1);
      }
      table[slot] = entry + 1;
    }
  }

  private static int hash(byte[] bytes, int offset, int length) {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    // The table takes the low bits, which 31 alone mixes badly.
    hash *= 0x9E37_79B9;
    return hash ^ (hash >>> 15);
  }

  private int start(int entry) {
    return entry == 0 ? 0 : end[entry - 1];
  }

  public long rows() {
    return nulls + total;
  }

  public long nulls() {
    return nulls;
  }

  /** Cells that hold a category. */
  public long usable() {
    return total;
  }

  /** The number of distinct categories. */
  public int distinct() {
    return size;
  }

  /** Bytes of all categories held: who sends summaries on keeps them below a size by it. */
  public int bytes() {
    return start(size) + 8 * size;
  }

  /** The numbers of the categories with the highest counts (ties: the first by code points). */
  public int[] mostFrequent(int atMost) {
    return Arrays.stream(sorted())
        .boxed()
        .sorted(Comparator.comparingLong(entry -> -count[entry]))
        .limit(atMost)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The numbers of the categories by code points (which is the order of their UTF-8 bytes). */
  public int[] sorted() {
    Integer[] order = new Integer[size];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, this::compare);
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }

  private int compare(int first, int second) {
    return Arrays.compareUnsigned(
        arena, start(first), end[first], arena, start(second), end[second]);
  }

  /** The order of an entry of ours and an entry of another's. */
  int compare(int entry, CategoryCounts other, int otherEntry) {
    return Arrays.compareUnsigned(
        arena,
        start(entry),
        end[entry],
        other.arena,
        other.start(otherEntry),
        other.end[otherEntry]);
  }

  /** The category with this number, from 0, in no order. */
  public String name(int entry) {
    return new String(arena, start(entry), end[entry] - start(entry), StandardCharsets.UTF_8);
  }

  /** Whether every category is text in UTF-8. */
  public boolean isUtf8() {
    CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
    for (int entry = 0; entry < size; entry++) {
      try {
        strict.decode(ByteBuffer.wrap(arena, start(entry), end[entry] - start(entry)));
      } catch (CharacterCodingException e) {
        return false;
      }
    }
    return true;
  }

  /** How often the category with this number stands. */
  public long count(int entry) {
    return count[entry];
  }

  @Override
  public void merge(CategoryCounts other) {
    nulls += other.nulls;
    for (int entry = 0; entry < other.size; entry++) {
      int from = other.start(entry);
      add(other.arena, from, other.end[entry] - from, other.count[entry]);
    }
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    out.writeLong(nulls);
    out.writeInt(size);
    for (int entry = 0; entry < size; entry++) {
      int from = start(entry);
      out.writeInt(end[entry] - from);
      out.write(arena, from, end[entry] - from);
      out.writeLong(count[entry]);
    }
  }

  public static CategoryCounts readFrom(DataInput in) throws IOException {
    CategoryCounts counts = new CategoryCounts();
    counts.nulls = in.readLong();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      byte[] utf8 = new byte[in.readInt()];
      in.readFully(utf8);
      counts.add(utf8, in.readLong());
    }
    return counts;
  }
}
