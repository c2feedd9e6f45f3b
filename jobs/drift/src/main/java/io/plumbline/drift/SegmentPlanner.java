package io.plumbline.drift;

import io.plumbline.drift.plan.FoundType;
import io.plumbline.drift.plan.InputFiles;
import io.plumbline.drift.plan.InputFiles.InputColumn;
import io.plumbline.drift.plan.Segments;
import io.plumbline.drift.scan.ColumnValues;
import io.plumbline.events.Segment;
import io.plumbline.runtime.config.ModelConfig;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.input.BadInput;
import io.plumbline.runtime.segment.SegmentColumn;
import io.plumbline.runtime.segment.SegmentValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * By which columns rows are segmented, and which of their values are segments by name: those of the
 * reference that most rows have.
 */
final class SegmentPlanner {
  private static final int MOST_VALUES = 10_000;
  private static final int STANDARD_VALUES = 50;

  private final PlumblineConfig config;
  private final String model;
  private final List<String> segmentBy;
  private final Integer maxValues;

  /**
   * @param segmentBy the columns; empty: those that the config gives for the model
   * @param maxValues null: what the config says, or the standard
   */
  SegmentPlanner(PlumblineConfig config, String model, List<String> segmentBy, Integer maxValues) {
    this.config = config;
    this.model = model;
    this.segmentBy = segmentBy;
    this.maxValues = maxValues;
    if (maxValues != null && (maxValues < 1 || maxValues > MOST_VALUES)) {
      throw new BadInput(
          "--max-segment-values: expected a whole number from 1 to %s, found %s"
              .formatted(MOST_VALUES, maxValues));
    }
  }

  /**
   * The values of each column that the reference has.
   *
   * @param current the other side; or the same again
   */
  List<SegmentValues> plan(InputFiles reference, InputFiles current) {
    String option = segmentBy.isEmpty() ? "models.segments" : "--segment-by";
    List<SegmentValues> columns = new ArrayList<>();
    wanted()
        .forEach(
            (name, most) -> {
              Set<String> either = new LinkedHashSet<>(reference.columns().keySet());
              either.addAll(current.columns().keySet());
              FeaturePlanner.requireColumn(option, name, reference, either);
              InputColumn column = reference.columns().get(name);
              if (column == null) {
                // Rows that one side alone has in segments cannot be compared there.
                return;
              }
              if (column.found().stream().anyMatch(found -> !found.type().categorical())) {
                throw new BadInput(
                    "%s: column %s is %s; expected strings, numbers, booleans, dates or timestamps"
                        .formatted(option, name, FoundType.words(column.found())));
              }
              if (name.contains(Segment.SIGN)) {
                throw new BadInput(
                    "%s: column %s: expected a name without '%s', which ends the column's name in that of a segment"
                        .formatted(option, name, Segment.SIGN));
              }
              columns.add(
                  reference.profile() == null
                      ? mostFrequent(reference, name, most == null ? STANDARD_VALUES : most)
                      : profiled(reference, option, name, most));
            });
    return columns;
  }

  /** The columns by which rows are to be segmented. */
  Set<String> columns() {
    return wanted().keySet();
  }

  /** The segments by these values. */
  static Segments segments(List<SegmentValues> columns) {
    return Segments.of(
        columns.stream()
            .map(by -> SegmentColumn.of(by.column(), by.names(), by.values().size()))
            .toList());
  }

  /** The columns, and how many values each has at most; null: nobody has said. */
  private Map<String, Integer> wanted() {
    Map<String, Integer> by = new LinkedHashMap<>();
    if (!segmentBy.isEmpty()) {
      segmentBy.forEach(column -> by.put(column, maxValues));
      return by;
    }
    config
        .model(model)
        .map(ModelConfig::segments)
        .orElse(List.of())
        .forEach(s -> by.put(s.column(), maxValues == null ? s.maxValues() : maxValues));
    return by;
  }

  private static SegmentValues mostFrequent(InputFiles reference, String column, int most) {
    try {
      return ColumnValues.mostFrequent(reference, column, most);
    } catch (IOException e) {
      throw new BadInput(
          "%s: column %s cannot be read: %s".formatted(reference.uri(), column, e.getMessage()), e);
    }
  }

  /** A profile has its segments: there are no more of them than when it was taken. */
  private SegmentValues profiled(InputFiles reference, String option, String name, Integer most) {
    if (maxValues != null) {
      throw new BadInput(
          "--max-segment-values: %s is a profile, whose segments are fixed"
              .formatted(reference.uri()));
    }
    return reference.profile().segments().stream()
        .filter(segment -> segment.column().equals(name))
        .findFirst()
        .map(segment -> most == null ? segment : segment.first(most))
        .orElseThrow(
            () ->
                new BadInput(
                    "%s: the profile %s has no segments of %s; take it with --segment-by %s"
                        .formatted(option, reference.uri(), name, name)));
  }
}
