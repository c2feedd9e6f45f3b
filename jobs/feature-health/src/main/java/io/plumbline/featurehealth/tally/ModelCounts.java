package io.plumbline.featurehealth.tally;

import io.plumbline.events.Prediction;
import io.plumbline.runtime.segment.SegmentColumn;
import io.plumbline.runtime.window.Window;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What is counted of a model's version in one window: as a whole, and by segment. */
final class ModelCounts {
  private final List<SegmentColumn> columns;
  private final SegmentCounts whole = new SegmentCounts();

  /** By column and number of the segment; null: no prediction has come. */
  private final SegmentCounts[][] byColumn;

  private final SegmentCounts[] found;

  ModelCounts(CountedModel of) {
    columns = of.columns();
    byColumn =
        columns.stream().map(by -> new SegmentCounts[by.size()]).toArray(SegmentCounts[][]::new);
    found = new SegmentCounts[1 + columns.size()];
    found[0] = whole;
  }

  /**
   * Those that a prediction is to be counted in; the array is the same for each.
   *
   * @param places of its features
   */
  SegmentCounts[] of(Prediction event, FeaturePlaces places) {
    for (int i = 0; i < byColumn.length; i++) {
      int number = number(columns.get(i), event, places.ofColumns()[i]);
      SegmentCounts counts = byColumn[i][number];
      if (counts == null) {
        counts = new SegmentCounts();
        byColumn[i][number] = counts;
      }
      found[i + 1] = counts;
    }
    return found;
  }

  /** By what the event says of the column, else by the feature of its name. */
  private static int number(SegmentColumn by, Prediction event, int feature) {
    Map<String, String> said = event.segments();
    if (!said.isEmpty()) {
      String value = said.get(by.name());
      if (value != null || said.containsKey(by.name())) {
        return by.number(value);
      }
    }
    return feature == FeaturePlaces.NOWHERE ? by.ofNull() : by.number(event.features(), feature);
  }

  /** Gives away what was counted. */
  void flush(CountedModel of, Window window, Consumer<FeatureBlock> out) {
    whole.flush(of, "", window, out);
    for (int i = 0; i < byColumn.length; i++) {
      for (int number = 0; number < byColumn[i].length; number++) {
        if (byColumn[i][number] != null) {
          byColumn[i][number].flush(of, columns.get(i).text(number), window, out);
        }
      }
    }
  }
}
