package io.plumbline.featurehealth.tally;

import io.plumbline.runtime.expectation.Expectation;
import io.plumbline.runtime.window.Window;
import java.util.Map;
import java.util.TreeMap;

/**
 * Some features of a model in one segment and one window: what tasks send on in place of events,
 * and what is kept of a window until it is over. What was counted of features themselves, whoever
 * reads them, has an empty model.
 */
public final class FeatureBlock {
  /**
   * The most features that only events name, when parts of several tasks come together: each task
   * bounds its own, and there may be any number of tasks. It is a multiple of what eight blocks
   * need for the widest event, and what state reads and writes at once stays small.
   */
  static final int MOST_UNNAMED = 4096;

  private final String model;
  private final String modelVersion;
  private final String segment;
  private final int block;
  private final Window window;
  private final TreeMap<String, Entry> features = new TreeMap<>();
  private long rowsWithoutRoom;

  /**
   * A feature: what is expected, and what was counted by it.
   *
   * @param named whether it has its place whatever {@link #MOST_UNNAMED} says: config or control
   *     name it somewhere, or it is a name of ours
   */
  public record Entry(Expectation expected, boolean named, FeatureTally tally) {}

  /**
   * @param block which of the model's blocks of features it is
   */
  public FeatureBlock(String model, String modelVersion, String segment, int block, Window window) {
    this.model = model;
    this.modelVersion = modelVersion;
    this.segment = segment;
    this.block = block;
    this.window = window;
  }

  public String model() {
    return model;
  }

  public String modelVersion() {
    return modelVersion;
  }

  public String segment() {
    return segment;
  }

  int block() {
    return block;
  }

  public Window window() {
    return window;
  }

  /** By name. */
  public Map<String, Entry> features() {
    return features;
  }

  /** Rows of features beyond {@link #MOST_UNNAMED}, which are in none of its features. */
  public long rowsWithoutRoom() {
    return rowsWithoutRoom;
  }

  void addRowsWithoutRoom(long rows) {
    rowsWithoutRoom += rows;
  }

  void put(String feature, Entry entry) {
    features.put(feature, entry);
  }

  /**
   * What two blocks of the same features and window have counted together; both are left as they
   * are, since Flink may be writing one of them. What is expected is what the newer one says, of
   * equals the second: it was counted later.
   */
  public static FeatureBlock merged(FeatureBlock first, FeatureBlock second) {
    FeatureBlock merged =
        new FeatureBlock(first.model, first.modelVersion, first.segment, first.block, first.window);
    merged.features.putAll(first.features);
    merged.rowsWithoutRoom = first.rowsWithoutRoom + second.rowsWithoutRoom;
    long room =
        MOST_UNNAMED - first.features.values().stream().filter(entry -> !entry.named).count();
    for (Map.Entry<String, Entry> feature : second.features.entrySet()) {
      Entry entry = feature.getValue();
      Entry before = first.features.get(feature.getKey());
      if (before != null) {
        merged.features.put(feature.getKey(), merged(before, entry));
      } else if (entry.named) {
        merged.features.put(feature.getKey(), entry);
      } else if (room > 0) {
        merged.features.put(feature.getKey(), entry);
        room--;
      } else {
        merged.rowsWithoutRoom += entry.tally.rows();
      }
    }
    return merged;
  }

  private static Entry merged(Entry first, Entry second) {
    Entry newest =
        first.expected.revision().compareTo(second.expected.revision()) > 0 ? first : second;
    FeatureTally tally = new FeatureTally(newest.expected.bounds());
    tally.merge(first.tally);
    tally.merge(second.tally);
    return new Entry(newest.expected, newest.named, tally);
  }

  /** Under which the blocks of all windows and tasks come together. */
  public String key() {
    // With the length before each part, no two differ and read alike.
    return part(model) + part(modelVersion) + part(segment) + block;
  }

  private static String part(String text) {
    return text.length() + ":" + text + ";";
  }
}
