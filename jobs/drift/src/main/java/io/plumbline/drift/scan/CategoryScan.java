package io.plumbline.drift.scan;

import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.stats.category.CategoryCounts;
import java.io.IOException;

/** Counts the categories of a column, for each segment: by id where it has a dictionary. */
final class CategoryScan {
  /** Bytes after which counts are sent on. */
  private static final int BYTES_PER_PART = 1 << 21;

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
    sampler = new CellSampler(sampled);
    bySegment = new CategoryCounts[segments.size()];
  }

  void run(RowGroupColumns columns) throws IOException {
    NullCounts nulls = new NullCounts(segments);
    if (columns.has(feature.name())) {
      read(columns.texts(feature.name()), nulls);
    } else {
      nulls.addRows(columns.rows());
      sampler.takeAllMissing();
    }
    for (int segment = 0; segment < bySegment.length; segment++) {
      if (nulls.of(segment) > 0) {
        of(segment).addNulls(nulls.of(segment));
      }
    }
    out.addLast(of(0), sampler);
    for (int segment = 1; segment < bySegment.length; segment++) {
      if (bySegment[segment] != null) {
        out.add(segment, bySegment[segment]);
      }
    }
  }

  private void read(CellBatches<TextCells> column, NullCounts nulls) throws IOException {
    TextCells cells = column.cells();
    IdCounts ids = new IdCounts(segments, cells.entries());
    while (column.next()) {
      nulls.add(column);
      sampler.take(column);
      if (ids.takes(column)) {
        ids.add(column);
      } else {
        int[] rows = column.rowsOfValues();
        for (int value = 0; value < column.values(); value++) {
          int row = column.first() + rows[value];
          if (column.coded()) {
            byte[] entry = cells.entry(column.ids()[value]);
            add(entry, 0, entry.length, row);
          } else {
            add(cells.bytes(), cells.start(value), cells.length(value), row);
          }
        }
      }
    }
    ids.giveTo(
        (segment, id, times) -> {
          of(segment).add(cells.entry(id), times);
          sendIfFull(segment);
        });
  }

  private void add(byte[] utf8, int start, int length, int row) throws IOException {
    of(0).add(utf8, start, length, 1);
    sendIfFull(0);
    for (int i = 0; i < segments.perRow(); i++) {
      int segment = segments.of(i, row);
      of(segment).add(utf8, start, length, 1);
      sendIfFull(segment);
    }
  }

  private CategoryCounts of(int segment) {
    if (bySegment[segment] == null) {
      bySegment[segment] = new CategoryCounts();
    }
    return bySegment[segment];
  }

  private void sendIfFull(int segment) throws IOException {
    if (bySegment[segment].bytes() > BYTES_PER_PART) {
      out.add(segment, bySegment[segment]);
      bySegment[segment] = null;
    }
  }
}
