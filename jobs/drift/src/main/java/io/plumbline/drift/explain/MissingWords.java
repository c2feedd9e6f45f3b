package io.plumbline.drift.explain;

import io.plumbline.drift.verdict.FeatureVerdict;
import io.plumbline.events.DriftResult;
import java.util.ArrayList;
import java.util.List;

/** Says what became of missing cells. */
final class MissingWords {
  private MissingWords() {}

  static List<String> of(DriftResult result, Comparability comparable) {
    List<String> words = new ArrayList<>();
    if (comparable == Comparability.NO_COLUMN) {
      words.add("The current data does not have this column at all; the reference has.");
      return words;
    }
    if (comparable == Comparability.OTHER_TYPE) {
      words.add(
          "The column's type has changed, so that its values are not compared: %s."
              .formatted(result.reason().substring(FeatureVerdict.TYPE_CHANGED.length())));
      return words;
    }
    if (result.referenceRows() == 0 || result.currentRows() == 0) {
      words.add(
          "%s no rows."
              .formatted(
                  result.currentRows() > 0
                      ? "The reference has"
                      : result.referenceRows() > 0 ? "The current data has" : "Both sides have"));
      return words;
    }
    long before = result.referenceNulls() + result.referenceInfinities();
    long after = result.currentNulls() + result.currentInfinities();
    if (before == 0 && after == 0) {
      words.add("No cell is missing on either side.");
      return words;
    }
    if (after == result.currentRows()) {
      words.add("Every current cell is missing.");
    }
    words.add(change(result, before, after));
    if (result.referenceInfinities() + result.currentInfinities() > 0) {
      words.add(
          "Infinite cells count among them: %s in the reference, %s in the current data."
              .formatted(
                  Numbers.count(result.referenceInfinities()),
                  Numbers.count(result.currentInfinities())));
    }
    return words;
  }

  private static String change(DriftResult result, long before, long after) {
    double from = (double) before / result.referenceRows();
    double to = (double) after / result.currentRows();
    String change =
        "Missing cells: %s -> %s (%s)"
            .formatted(Numbers.percent(from), Numbers.percent(to), Numbers.points(to - from));
    if (result.missingPValue() == null) {
      return change + ".";
    }
    return "%s; chance alone does as much in %s (%s)."
        .formatted(
            change, Numbers.chance(result.missingPValue()), Numbers.pValue(result.missingPValue()));
  }
}
