package io.plumbline.drift.scan;

import io.plumbline.drift.plan.PlannedFeature;
import java.io.IOException;

/**
 * Adds a numeric column to the summaries of each segment. Cells of a dictionary are only counted,
 * by id, and their values added once with that count.
 */
final class NumericScan {
  private final PlannedFeature feature;
  private final RowSegments segments;
  private final FeatureSummaries out;
  private final CellSampler sampler;

  NumericScan(
      PlannedFeature feature, RowSegments segments, SampledRows sampled, FeatureSummaries out) {
    this.feature = feature;
    this.segments = segments;
    this.out = out;
    sampler = new CellSampler(sampled);
  }

  void run(RowGroupColumns columns) throws IOException {
    NullCounts nulls = new NullCounts(segments);
    if (columns.has(feature.name())) {
      read(columns.numbers(feature.name(), feature.column().type()), nulls);
    } else {
      nulls.addRows(columns.rows());
      sampler.takeAllMissing();
    }
    for (int segment = 0; segment < segments.size(); segment++) {
      if (nulls.of(segment) > 0) {
        out.numbers(segment).addNulls(nulls.of(segment));
      }
    }
    sampler.giveTo(out);
  }

  private void read(CellBatches<NumberCells> column, NullCounts nulls) throws IOException {
    NumberCells cells = column.cells();
    IdCounts ids = new IdCounts(segments, cells.entries());
    SegmentedNumbers segmented =
        new SegmentedNumbers(segments, cells.doubled(), column.left(), out);
    while (column.next()) {
      nulls.add(column);
      sampler.take(column);
      if (ids.takes(column)) {
        ids.add(column);
      } else {
        if (column.coded()) {
          cells.decode(column.ids(), column.values());
        }
        if (cells.doubled()) {
          out.numbers(0).addDoubles(cells.doubles(), 0, column.values());
        } else {
          out.numbers(0).addLongs(cells.longs(), 0, column.values());
        }
        segmented.add(column);
      }
    }
    segmented.finish();
    ids.giveTo(
        (segment, id, times) -> {
          if (cells.doubled()) {
            out.numbers(segment).addDouble(cells.doubleEntries()[id], times);
          } else {
            out.numbers(segment).addLong(cells.longEntries()[id], times);
          }
        });
  }
}
