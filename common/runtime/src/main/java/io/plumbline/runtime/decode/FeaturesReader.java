package io.plumbline.runtime.decode;

import com.fasterxml.jackson.core.JsonParser;
import io.plumbline.events.FeatureNames;
import io.plumbline.events.FeatureValues;
import io.plumbline.events.ValueKind;
import io.plumbline.runtime.ingest.Malformed;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Collects a prediction's features and their times into columns. */
final class FeaturesReader {
  private static final byte ABSENT = ValueKind.ABSENT.code();

  private final int most;
  private final NamesCache names = new NamesCache();
  private final NamesCache timeNames = new NamesCache(names);
  private final NamesCache allNames = new NamesCache(names);
  private final ValueReader value = new ValueReader();
  private byte[] kinds = new byte[32];
  private long[] bits = new long[32];
  private Object[] objects;
  private long[] times = new long[32];

  /**
   * @param most features of an event, those included of which it has only the time
   */
  FeaturesReader(int most) {
    this.most = most;
  }

  void begin() {
    names.begin();
    timeNames.begin();
    objects = null;
  }

  /**
   * @param parser at the value of this feature
   */
  void add(String name, JsonParser parser) throws IOException, Malformed {
    int index = names.size();
    names.add(EventDecoder.bounded(name, parser));
    if (index == bits.length) {
      kinds = Arrays.copyOf(kinds, index * 2);
      bits = Arrays.copyOf(bits, index * 2);
      objects = objects == null ? null : Arrays.copyOf(objects, index * 2);
    }
    value.read(parser);
    kinds[index] = value.kind.code();
    bits[index] = value.bits;
    if (value.object != null) {
      if (objects == null) {
        objects = new Object[bits.length];
      }
      objects[index] = value.object;
    }
  }

  void addTime(String name, long time, JsonParser parser) throws Malformed {
    int index = timeNames.size();
    timeNames.add(EventDecoder.bounded(name, parser));
    if (index == times.length) {
      times = Arrays.copyOf(times, index * 2);
    }
    times[index] = time;
  }

  FeatureValues end() throws Malformed {
    FeatureNames valued = names.end();
    FeatureNames timed = timeNames.end();
    if (valued.size() == 0 && timed.size() == 0) {
      return FeatureValues.NONE;
    }
    if (timed.size() == 0) {
      return columns(valued, valued.size(), null);
    }
    // Most give the times of all features in the same order as the features.
    return timed == valued
        ? columns(valued, valued.size(), Arrays.copyOf(times, timed.size()))
        : merged(valued, timed);
  }

  private FeatureValues columns(FeatureNames all, int valued, long[] allTimes) {
    int size = all.size();
    byte[] allKinds = Arrays.copyOf(kinds, size);
    Arrays.fill(allKinds, valued, size, ABSENT);
    long[] allBits = Arrays.copyOf(bits, size);
    Arrays.fill(allBits, valued, size, 0);
    Object[] allObjects = objects == null ? null : Arrays.copyOf(objects, size);
    return new FeatureValues(all, allKinds, allBits, allObjects, allTimes);
  }

  /** A time without a value is kept: the feature was looked up, and there was nothing. */
  private FeatureValues merged(FeatureNames valued, FeatureNames timed) throws Malformed {
    Map<String, Integer> places = new HashMap<>();
    Set<String> union = new LinkedHashSet<>(valued.asList());
    union.addAll(timed.asList());
    if (union.size() > most) {
      throw new Malformed(
          "expected at most %s features, found %s with those that have only a time"
              .formatted(most, union.size()));
    }
    allNames.begin();
    for (String name : union) {
      places.put(name, allNames.size());
      allNames.add(name);
    }
    long[] allTimes = new long[union.size()];
    Arrays.fill(allTimes, FeatureValues.NO_TIME);
    for (int i = 0; i < timed.size(); i++) {
      allTimes[places.get(timed.get(i))] = times[i];
    }
    return columns(allNames.end(), valued.size(), allTimes);
  }
}
