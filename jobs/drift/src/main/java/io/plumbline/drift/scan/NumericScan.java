package io.plumbline.drift.scan;

import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.stats.numeric.NumericSummary;
import java.io.IOException;

/**
 * Summarises a numeric column, for each segment. Cells of a dictionary are only counted, by id, and
 * their values added once with that count.
 */
final class NumericScan {
  /** Values after which a summary is sent on: 2 MiB, which Flink takes without spilling. */
  private static final int VALUES_PER_PART = 1 << 18;

  private final PlannedFeature feature;
  private final RowSegments segments;
  private final FeatureParts out;
  private final CellSampler sampler;
  private final NumericSummary[] bySegment;

  NumericScan(PlannedFeature feature, RowSegments segments, SampledRows sampled, FeatureParts out) {
    this.feature = feature;
    this.segments = segments;
    this.out = out;
    sampler = new CellSampler(sampled);
    bySegment = new NumericSummary[segments.size()];
  }

  void run(RowGroupColumns columns) throws IOException {
    NullCounts nulls = new NullCounts(segments);
    if (columns.has(feature.name())) {
      read(columns.numbers(feature.name()), nulls);
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

  private void read(CellBatches<NumberCells> column, NullCounts nulls) throws IOException {
    NumberCells cells = column.cells();
    IdCounts ids = new IdCounts(segments, cells.entries());
    while (column.next()) {
      nulls.add(column);
      sampler.take(column);
      if (ids.takes(column)) {
        ids.add(column);
      } else {
        if (column.coded()) {
          cells.decode(column.ids(), column.values());
        }
        add(cells, column.values());
        addToSegments(column);
      }
    }
    ids.giveTo(
        (segment, id, times) -> {
          if (cells.floating()) {
            of(segment).addDouble(cells.doubleEntries()[id], times);
          } else {
            of(segment).addLong(cells.longEntries()[id], times);
          }
        });
  }

  private void add(NumberCells cells, int values) throws IOException {
    for (int from = 0; from < values; ) {
      NumericSummary whole = of(0);
      int to = Math.min(values, from + VALUES_PER_PART - whole.buffered());
      if (cells.floating()) {
        whole.addDoubles(cells.doubles(), from, to);
      } else {
        whole.addLongs(cells.longs(), from, to);
      }
      sendIfFull(0);
      from = to;
    }
  }

  private void addToSegments(CellBatches<NumberCells> column) throws IOException {
    if (segments.perRow() == 0) {
      return;
    }
    NumberCells cells = column.cells();
    int[] rows = column.rowsOfValues();
    for (int i = 0; i < segments.perRow(); i++) {
      int[] ofRows = segments.ofRows(i);
      for (int value = 0; value < column.values(); value++) {
        int segment = ofRows[column.first() + rows[value]];
        if (cells.floating()) {
          of(segment).addDouble(cells.doubles()[value]);
        } else {
          of(segment).addLong(cells.longs()[value]);
        }
        sendIfFull(segment);
      }
    }
  }

  private NumericSummary of(int segment) {
    if (bySegment[segment] == null) {
      bySegment[segment] =
          new NumericSummary(Domains.of(feature.column().type()), ProfileFormat.UNSORTED);
    }
    return bySegment[segment];
  }

  private void sendIfFull(int segment) throws IOException {
    if (bySegment[segment].buffered() == VALUES_PER_PART) {
      out.add(segment, bySegment[segment]);
      bySegment[segment] = null;
    }
  }
}
