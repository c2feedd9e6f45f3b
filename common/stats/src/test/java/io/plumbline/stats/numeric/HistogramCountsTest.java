package io.plumbline.stats.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cells are what their definition says of the set of keys, in whatever order these come. */
class HistogramCountsTest {
  private static final int LIMIT = 512;

  private record Cell(long low, long high, long count) {}

  /** A key, and how often it is added at once. */
  private record Entry(long key, long times) {}

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void cellsDependOnTheKeysAlone(boolean ofDoubles) {
    int coarse = 0;
    for (int seed = 0; seed < 150; seed++) {
      Random random = new Random(seed);
      List<Entry> entries = entries(ofDoubles, random);
      List<Cell> expected = defined(ofDoubles, entries);
      for (int turn = 0; turn < 3; turn++) {
        Cells found = found(ofDoubles, entries, random);
        assertThat(list(found)).as("seed %s", seed).isEqualTo(expected);
        boolean exact = expected.stream().allMatch(cell -> cell.low == cell.high);
        assertThat(found.level() == 0).isEqualTo(exact);
        coarse += exact ? 0 : 1;
        Collections.shuffle(entries, random);
      }
    }
    assertThat(coarse).isGreaterThan(100);
  }

  @Test
  void memoryIsBounded() {
    HistogramCounts counts = new HistogramCounts(true, 1 << 16);
    Random random = new Random(1);
    for (int i = 0; i < 3_000_000; i++) {
      counts.add(DoubleDomain.key(1e9 + random.nextGaussian()));
      counts.add(DoubleDomain.key(random.nextGaussian()));
    }
    assertThat(counts.blocks().block(0).size()).isLessThan((1 << 14) + 1000);
  }

  /** The definition, of the whole set of keys at once. */
  private static List<Cell> defined(boolean ofDoubles, List<Entry> entries) {
    TreeMap<Long, Long> counts = new TreeMap<>();
    entries.forEach(entry -> counts.merge(entry.key, entry.times, Long::sum));
    Map<Integer, Set<Long>> groups = new TreeMap<>();
    for (long key : counts.keySet()) {
      groups.computeIfAbsent(group(ofDoubles, key), any -> new TreeSet<>()).add(key);
    }
    int mostOfGroup = Integer.MAX_VALUE;
    if (counts.size() > LIMIT) {
      mostOfGroup = LIMIT / 8;
      while (mostOfGroup > LIMIT / 256 && claimed(groups, mostOfGroup) > LIMIT / 4) {
        mostOfGroup /= 2;
      }
    }
    List<Cell> cells = new ArrayList<>();
    for (Set<Long> keys : groups.values()) {
      int level = 0;
      while (cellsAt(keys, level) > mostOfGroup) {
        level++;
      }
      int at = level;
      TreeMap<Long, Cell> ofGroup = new TreeMap<>();
      for (long key : keys) {
        Cell one = new Cell(key, key, counts.get(key));
        ofGroup.merge(
            key >> at, one, (a, b) -> new Cell(a.low, b.high, Math.addExact(a.count, b.count)));
      }
      cells.addAll(ofGroup.values());
    }
    return cells;
  }

  private static long claimed(Map<Integer, Set<Long>> groups, int mostOfGroup) {
    return groups.values().stream().mapToLong(keys -> Math.min(keys.size(), mostOfGroup)).sum();
  }

  private static long cellsAt(Set<Long> keys, int level) {
    return keys.stream().mapToLong(key -> key >> level).distinct().count();
  }

  /** By magnitude, ascending. */
  private static int group(boolean ofDoubles, long key) {
    if (ofDoubles) {
      return Math.getExponent(DoubleDomain.value(key)) * (key < 0 ? -1 : 1)
          + (key < 0 ? -5000 : 5000);
    }
    LongPredicate inReach = key < 0 ? bound -> key >= -bound : bound -> key < bound;
    int bits = 0;
    while (bits < 63 && !inReach.test(1L << bits)) {
      bits++;
    }
    return key < 0 ? -1 - bits : bits;
  }

  private static Cells found(boolean ofDoubles, List<Entry> entries, Random random) {
    HistogramCounts counts = new HistogramCounts(ofDoubles, LIMIT);
    for (Entry entry : entries) {
      switch (random.nextInt(3)) {
        case 0 -> counts.add(entry.key, entry.times);
        case 1 -> {
          for (int i = 0; i < entry.times; i++) {
            counts.add(entry.key);
          }
        }
        default -> {
          long[] keys = new long[(int) entry.times + 2];
          Arrays.fill(keys, entry.key);
          counts.addAll(keys, 1, keys.length - 1);
        }
      }
    }
    return counts.blocks().block(0);
  }

  private static List<Cell> list(Cells cells) {
    List<Cell> list = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      list.add(new Cell(cells.low()[i], cells.high()[i], cells.countOf(i)));
    }
    return list;
  }

  private static List<Entry> entries(boolean ofDoubles, Random random) {
    List<Entry> entries = new ArrayList<>();
    for (int mass = 1 + random.nextInt(4); mass > 0; mass--) {
      double middle = (random.nextBoolean() ? 1 : -1) * Math.pow(10, random.nextInt(16));
      double width = Math.pow(10, random.nextInt(9) - 2);
      int kind = random.nextInt(5);
      for (int i = random.nextInt(700); i >= 0; i--) {
        double value =
            switch (kind) {
              case 0 -> 0;
              case 1 -> Math.exp(8 * random.nextGaussian());
              case 2 -> Math.rint(random.nextGaussian() * 100);
              default -> middle + width * random.nextGaussian();
            };
        long key = ofDoubles ? DoubleDomain.key(value) : (long) value;
        boolean extreme = random.nextInt(200) == 0;
        long any = random.nextBoolean() ? Long.MAX_VALUE : Long.MIN_VALUE;
        entries.add(new Entry(extreme && !ofDoubles ? any : key, 1 + random.nextInt(3)));
      }
    }
    return entries;
  }
}
