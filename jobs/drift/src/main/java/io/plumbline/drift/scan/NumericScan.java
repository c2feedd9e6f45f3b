package io.plumbline.drift.scan;

import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.stats.numeric.NumericSummary;
import java.io.IOException;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;

/**
 * Summarises a numeric column, for each segment. Cells of a dictionary are only counted, by id, and
 * their values added once with that count.
 */
final class NumericScan {
  /** Values after which a summary is sent on: 2 MiB, which Flink takes without spilling. */
  private static final int VALUES_PER_PART = 1 << 18;

  /** Above this many counters, cells of a dictionary are added one by one. */
  private static final long MOST_COUNTERS = 1 << 22;

  private final PlannedFeature feature;
  private final RowSegments segments;
  private final FeatureParts out;
  private final CellSampler sampler;

  NumericScan(PlannedFeature feature, RowSegments segments, SampledRows sampled, FeatureParts out) {
    this.feature = feature;
    this.segments = segments;
    this.out = out;
    sampler = CellSampler.ofNumbers(sampled, Domains.of(feature.column().type()));
  }

  void run(RowGroupColumns columns) throws IOException {
    Summaries cells = new Summaries();
    int rows = columns.rows();
    if (!columns.has(feature.name())) {
      for (int row = 0; row < rows; row++) {
        cells.addNull(row);
      }
      sampler.takeAllMissing();
    } else {
      RowGroupColumns.Column column = columns.open(feature.name(), cells);
      for (int row = 0; row < rows; row++) {
        cells.row = row;
        if (sampler.wants(row)) {
          sampler.take(column);
        }
        if (!column.next()) {
          cells.addNull(row);
        }
      }
    }
    cells.finish();
  }

  private final class Summaries extends CellConverter {
    private final NumericSummary[] bySegment = new NumericSummary[segments.size()];
    private final int perRow = segments.perRow();
    private NumericSummary whole = create(0);
    private int row;
    private boolean doubles;
    private double[] doubleEntries = {};
    private long[] longEntries = {};
    private int[][] counts = {};
    private boolean counting;

    private NumericSummary create(int segment) {
      NumericSummary summary =
          new NumericSummary(Domains.of(feature.column().type()), ProfileFormat.UNSORTED);
      bySegment[segment] = summary;
      return summary;
    }

    private NumericSummary of(int segment) {
      return bySegment[segment] == null ? create(segment) : bySegment[segment];
    }

    void addNull(int ofRow) {
      whole.addNulls(1);
      for (int i = 0; i < perRow; i++) {
        of(segments.of(i, ofRow)).addNulls(1);
      }
    }

    @Override
    void onDouble(double value) {
      whole.addDouble(value);
      if (whole.buffered() == VALUES_PER_PART) {
        whole = send(0);
      }
      for (int i = 0; i < perRow; i++) {
        int segment = segments.of(i, row);
        of(segment).addDouble(value);
        sendIfFull(segment);
      }
    }

    @Override
    void onLong(long value) {
      whole.addLong(value);
      if (whole.buffered() == VALUES_PER_PART) {
        whole = send(0);
      }
      for (int i = 0; i < perRow; i++) {
        int segment = segments.of(i, row);
        of(segment).addLong(value);
        sendIfFull(segment);
      }
    }

    private void sendIfFull(int segment) {
      if (bySegment[segment].buffered() == VALUES_PER_PART) {
        send(segment);
      }
    }

    private NumericSummary send(int segment) {
      try {
        out.add(segment, bySegment[segment]);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      return create(segment);
    }

    @Override
    public void setDictionary(Dictionary dictionary) {
      flushCounts();
      int size = dictionary.getMaxId() + 1;
      doubles = floating();
      if (doubles) {
        doubleEntries = doubles(dictionary);
      } else {
        longEntries = longs(dictionary);
      }
      counting = (long) size * segments.size() <= MOST_COUNTERS;
      counts = new int[segments.size()][];
      if (counting) {
        counts[0] = new int[size];
      }
    }

    @Override
    public void addValueFromDictionary(int id) {
      if (!counting) {
        if (doubles) {
          onDouble(doubleEntries[id]);
        } else {
          onLong(longEntries[id]);
        }
        return;
      }
      counts[0][id]++;
      for (int i = 0; i < perRow; i++) {
        int segment = segments.of(i, row);
        if (counts[segment] == null) {
          counts[segment] = new int[counts[0].length];
        }
        counts[segment][id]++;
      }
    }

    private void flushCounts() {
      for (int segment = 0; segment < counts.length; segment++) {
        if (counts[segment] == null) {
          continue;
        }
        NumericSummary summary = of(segment);
        for (int id = 0; id < counts[segment].length; id++) {
          int times = counts[segment][id];
          if (times > 0 && doubles) {
            summary.addDouble(doubleEntries[id], times);
          } else if (times > 0) {
            summary.addLong(longEntries[id], times);
          }
        }
      }
      counts = new int[0][];
    }

    void finish() throws IOException {
      flushCounts();
      out.addLast(whole, sampler);
      for (int segment = 1; segment < bySegment.length; segment++) {
        if (bySegment[segment] != null) {
          out.add(segment, bySegment[segment]);
        }
      }
    }

    @Override
    void onBytes(Binary value) {
      throw new IllegalStateException("expected numbers, found bytes");
    }

    @Override
    void onBoolean(boolean value) {
      throw new IllegalStateException("expected numbers, found booleans");
    }
  }
}
