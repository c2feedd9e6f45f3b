package io.plumbline.featurehealth.window;

import io.plumbline.events.BinaryForm;
import io.plumbline.events.Wire;
import io.plumbline.featurehealth.tally.FeatureBlock;
import io.plumbline.runtime.expectation.CountsByBounds;
import io.plumbline.runtime.window.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the windows of an hour have counted, of which some were too small to be judged alone: so
 * much must be kept of a window when it is over.
 */
final class HourCounts {
  private final TreeMap<Window, Map<String, CountsByBounds>> windows = new TreeMap<>();

  /** These and the counts of a block, in place of what was there of its window. */
  HourCounts with(FeatureBlock block) {
    Map<String, CountsByBounds> counts = new TreeMap<>();
    block.features().forEach((name, entry) -> counts.put(name, entry.tally().counts()));
    HourCounts more = new HourCounts();
    more.windows.putAll(windows);
    more.windows.put(block.window(), counts);
    return more;
  }

  /**
   * By what a feature is judged in one window: those of its length in the hour are gone through in
   * order; a window with too few rows waits for the next ones, until together they have enough. So
   * the answer is the same in whatever order the windows came. Empty: the window was over before
   * the first small one, and is judged alone.
   */
  Optional<Pooled> pooled(String feature, Window of, long minRows) {
    CountsByBounds pool = null;
    long from = 0;
    for (Map.Entry<Window, Map<String, CountsByBounds>> window : windows.entrySet()) {
      CountsByBounds counts = window.getValue().get(feature);
      if (counts == null || window.getKey().length() != of.length()) {
        continue;
      }
      if (pool == null) {
        pool = new CountsByBounds();
        from = window.getKey().start();
      }
      pool.add(counts);
      boolean enough = pool.all().rows() >= minRows;
      if (window.getKey().equals(of)) {
        return Optional.of(new Pooled(pool, from, enough));
      }
      pool = enough ? null : pool;
    }
    return Optional.empty();
  }

  /** Bytes for the state. */
  public static final class Form implements BinaryForm<HourCounts> {
    private static final int VERSION = 1;

    @Override
    public void write(HourCounts hour, DataOutput out) throws IOException {
      out.writeByte(VERSION);
      out.writeInt(hour.windows.size());
      for (Map.Entry<Window, Map<String, CountsByBounds>> window : hour.windows.entrySet()) {
        out.writeLong(window.getKey().start());
        out.writeLong(window.getKey().length());
        out.writeInt(window.getValue().size());
        for (Map.Entry<String, CountsByBounds> feature : window.getValue().entrySet()) {
          Wire.writeText(feature.getKey(), out);
          feature.getValue().writeTo(out);
        }
      }
    }

    @Override
    public HourCounts read(DataInput in) throws IOException {
      BinaryForm.requireVersion(VERSION, in);
      HourCounts hour = new HourCounts();
      for (int left = in.readInt(); left > 0; left--) {
        Window window = new Window(in.readLong(), in.readLong());
        Map<String, CountsByBounds> counts = new TreeMap<>();
        for (int more = in.readInt(); more > 0; more--) {
          counts.put(Wire.readText(in), CountsByBounds.readFrom(in));
        }
        hour.windows.put(window, counts);
      }
      return hour;
    }
  }
}
