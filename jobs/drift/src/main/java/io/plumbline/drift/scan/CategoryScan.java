package io.plumbline.drift.scan;

import io.plumbline.drift.plan.PlannedFeature;
import java.io.IOException;

/** Counts the categories of a column, for each segment: by id where it has a dictionary. */
final class CategoryScan {
  private final PlannedFeature feature;
  private final RowSegments segments;
  private final FeatureSummaries out;
  private final CellSampler sampler;

  CategoryScan(
      PlannedFeature feature, RowSegments segments, SampledRows sampled, FeatureSummaries out) {
    this.feature = feature;
    this.segments = segments;
    this.out = out;
    sampler = new CellSampler(sampled);
  }

  void run(RowGroupColumns columns) throws IOException {
    NullCounts nulls = new NullCounts(segments);
    if (columns.has(feature.name())) {
      read(
          feature.wide()
              ? columns.digits(feature.name(), feature.column().type())
              : columns.categories(feature.name(), feature.column().type()),
          nulls);
    } else {
      nulls.addRows(columns.rows());
      sampler.takeAllMissing();
    }
    for (int segment = 0; segment < segments.size(); segment++) {
      if (nulls.of(segment) > 0) {
        out.categories(segment).addNulls(nulls.of(segment));
      }
    }
    sampler.giveTo(out);
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
            if (entry == null) {
              addMissing(row);
            } else {
              add(entry, 0, entry.length, row);
            }
          } else if (cells.missing(value)) {
            addMissing(row);
          } else {
            add(cells.bytes(), cells.start(value), cells.length(value), row);
          }
        }
      }
    }
    ids.giveTo(
        (segment, id, times) -> {
          if (cells.entry(id) == null) {
            out.categories(segment).addNulls(times);
          } else {
            out.categories(segment).add(cells.entry(id), times);
          }
        });
  }

  /** Numbers that are not finite are missing, as categories as well. */
  private void addMissing(int row) throws IOException {
    out.categories(0).addNulls(1);
    for (int i = 0; i < segments.perRow(); i++) {
      out.categories(segments.of(i, row)).addNulls(1);
    }
  }

  private void add(byte[] utf8, int start, int length, int row) throws IOException {
    out.categories(0).add(utf8, start, length, 1);
    for (int i = 0; i < segments.perRow(); i++) {
      out.categories(segments.of(i, row)).add(utf8, start, length, 1);
    }
  }
}
