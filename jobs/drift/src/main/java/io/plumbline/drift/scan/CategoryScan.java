package io.plumbline.drift.scan;

import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.stats.category.CategoryCounts;
import java.io.IOException;
import org.apache.parquet.column.Dictionary;

/** Counts the categories of a column, for each segment: by id where it has a dictionary. */
final class CategoryScan {
  /** Bytes after which counts are sent on. */
  private static final int BYTES_PER_PART = 1 << 21;

  /** Above this many counters, cells of a dictionary are added one by one. */
  private static final long MOST_COUNTERS = 1 << 22;

  private final PlannedFeature feature;
  private final RowSegments segments;
  private final FeatureParts out;
  private final CellSampler sampler;
  private final CategoryCounts[] bySegment;

  CategoryScan(
      PlannedFeature feature, RowSegments segments, SampledRows sampled, FeatureParts out) {
    this.feature = feature;
    this.segments = segments;
    this.out = out;
    sampler = CellSampler.ofTexts(sampled);
    bySegment = new CategoryCounts[segments.size()];
  }

  void run(RowGroupColumns columns) throws IOException {
    int rows = columns.rows();
    bySegment[0] = new CategoryCounts();
    if (!columns.has(feature.name())) {
      for (int row = 0; row < rows; row++) {
        addNull(row);
      }
      sampler.takeAllMissing();
    } else {
      Cells cells = new Cells();
      RowGroupColumns.Column column = columns.open(feature.name(), cells);
      for (int row = 0; row < rows; row++) {
        cells.id = -1;
        if (sampler.wants(row)) {
          sampler.take(column);
        }
        if (!column.next()) {
          addNull(row);
        } else if (cells.id >= 0) {
          cells.count(row);
        } else {
          add(cells.utf8(), row);
        }
      }
      cells.flush();
    }
    out.addLast(bySegment[0], sampler);
    for (int segment = 1; segment < bySegment.length; segment++) {
      if (bySegment[segment] != null) {
        out.add(segment, bySegment[segment]);
      }
    }
  }

  private CategoryCounts of(int segment) {
    if (bySegment[segment] == null) {
      bySegment[segment] = new CategoryCounts();
    }
    return bySegment[segment];
  }

  private void addNull(int row) {
    bySegment[0].addNulls(1);
    for (int i = 0; i < segments.perRow(); i++) {
      of(segments.of(i, row)).addNulls(1);
    }
  }

  private void add(byte[] utf8, int row) throws IOException {
    add(utf8, 1, 0);
    for (int i = 0; i < segments.perRow(); i++) {
      add(utf8, 1, segments.of(i, row));
    }
  }

  private void add(byte[] utf8, long times, int segment) throws IOException {
    CategoryCounts counts = of(segment);
    counts.add(utf8, times);
    if (counts.bytes() > BYTES_PER_PART) {
      out.add(segment, counts);
      bySegment[segment] = new CategoryCounts();
    }
  }

  /** Cells, counted by their id in the dictionary as long as there is one. */
  private final class Cells extends CellText {
    private int id;
    private int[][] counts = {};
    private byte[][] entries = {};

    @Override
    public void setDictionary(Dictionary dictionary) {
      super.setDictionary(dictionary);
      entries = dictionary();
      boolean few = (long) entries.length * segments.size() <= MOST_COUNTERS;
      counts = few ? new int[segments.size()][] : new int[0][];
      if (few) {
        counts[0] = new int[entries.length];
      }
    }

    @Override
    public void addValueFromDictionary(int entry) {
      if (counts.length == 0) {
        super.addValueFromDictionary(entry);
      } else {
        id = entry;
      }
    }

    void count(int row) {
      counts[0][id]++;
      for (int i = 0; i < segments.perRow(); i++) {
        int segment = segments.of(i, row);
        if (counts[segment] == null) {
          counts[segment] = new int[entries.length];
        }
        counts[segment][id]++;
      }
    }

    void flush() throws IOException {
      for (int segment = 0; segment < counts.length; segment++) {
        for (int entry = 0; counts[segment] != null && entry < entries.length; entry++) {
          if (counts[segment][entry] > 0) {
            add(entries[entry], counts[segment][entry], segment);
          }
        }
      }
    }
  }
}
