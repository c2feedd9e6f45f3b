package io.plumbline.runtime.decode;

import io.plumbline.events.FeatureNames;
import io.plumbline.runtime.ingest.Malformed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * Gives events that have the same names in the same order the same {@link FeatureNames}. Most
 * records name what the one before them named, so names are compared with its names one by one, and
 * collected only from the first that differs.
 */
final class NamesCache {
  /** Enough for hundreds of models; records without a fixed form would take any number. */
  static final long MOST_BYTES = 4 << 20;

  private final Known known;
  private final List<String> collected = new ArrayList<>();
  private FeatureNames last = FeatureNames.NONE;
  private boolean asBefore;
  private int size;

  /** Those that were used last, within {@link #MOST_BYTES}. */
  private static final class Known {
    private final LinkedHashMap<List<String>, FeatureNames> lists =
        new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    void keep(FeatureNames names) {
      lists.put(names.asList(), names);
      bytes += names.bytes();
      Iterator<FeatureNames> eldest = lists.values().iterator();
      while (bytes > MOST_BYTES) {
        bytes -= eldest.next().bytes();
        eldest.remove();
      }
    }
  }

  NamesCache() {
    known = new Known();
  }

  /** One that gives the same instances as another, and guesses by what it read last itself. */
  NamesCache(NamesCache other) {
    known = other.known;
  }

  void begin() {
    asBefore = true;
    size = 0;
  }

  int size() {
    return size;
  }

  /** About how many bytes of memory the lists take that are kept. */
  long bytes() {
    return known.bytes;
  }

  void add(String name) {
    if (asBefore) {
      if (size < last.size() && last.get(size).equals(name)) {
        size++;
        return;
      }
      differsFromHere();
    }
    collected.add(name);
    size++;
  }

  private void differsFromHere() {
    asBefore = false;
    collected.clear();
    for (int i = 0; i < size; i++) {
      collected.add(last.get(i));
    }
  }

  /**
   * @throws Malformed if a name stands twice
   */
  FeatureNames end() throws Malformed {
    if (asBefore && size == last.size()) {
      return last;
    }
    if (asBefore) {
      differsFromHere();
    }
    FeatureNames names = known.lists.get(collected);
    if (names == null) {
      Set<String> unique = new HashSet<>();
      for (String name : collected) {
        if (!unique.add(name)) {
          throw new Malformed("the feature %s stands twice".formatted(Malformed.shown(name)));
        }
      }
      names = new FeatureNames(collected);
      known.keep(names);
    }
    last = names;
    return names;
  }
}
