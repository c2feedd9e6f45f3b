package io.plumbline.onlinemetrics.join;

import java.util.ArrayList;
import java.util.List;

/**
 * All that is known of one prediction id. What counts follows from it alone, however it came to be
 * known. Immutable.
 *
 * @param predictions at most {@value #MOST_PREDICTIONS}, one of each model and version
 * @param labels in {@link KeptLabel#ORDER}: of all that came the greatest {@value #MOST_LABELS}
 * @param id while there are only labels, for their dead letters; else null
 * @param patience how long labels wait for a prediction, in milliseconds, while there are only
 *     labels; else 0
 */
record KnownId(List<KeptPrediction> predictions, List<KeptLabel> labels, String id, long patience) {
  static final int MOST_PREDICTIONS = 16;
  static final int MOST_LABELS = 16;

  /** Of an id of which nothing is known. */
  static final KnownId NOTHING = new KnownId(List.of(), List.of(), null, 0);

  boolean has(String model, String version) {
    for (KeptPrediction prediction : predictions) {
      if (prediction.served().model().equals(model)
          && prediction.served().version().equals(version)) {
        return true;
      }
    }
    return false;
  }

  boolean isNothing() {
    return predictions.isEmpty() && labels.isEmpty();
  }

  boolean hasPredictions() {
    return !predictions.isEmpty();
  }

  /** With one prediction more, of another model or version. */
  KnownId with(KeptPrediction prediction) {
    List<KeptPrediction> more = new ArrayList<>(predictions.size() + 1);
    more.addAll(predictions);
    more.add(prediction);
    return new KnownId(more, labels, null, 0);
  }

  /** Whether a label is one more that is kept. */
  boolean takes(KeptLabel label) {
    int place = place(label);
    boolean isKnown =
        place < labels.size() && KeptLabel.ORDER.compare(labels.get(place), label) == 0;
    return !isKnown && (place > 0 || labels.size() < MOST_LABELS);
  }

  private int place(KeptLabel label) {
    int place = 0;
    while (place < labels.size() && KeptLabel.ORDER.compare(labels.get(place), label) < 0) {
      place++;
    }
    return place;
  }

  /**
   * With a label more, which it takes.
   *
   * @param predictionId of the label
   * @param longest horizon of all models, in milliseconds
   */
  KnownId with(KeptLabel label, String predictionId, long longest) {
    List<KeptLabel> more = new ArrayList<>(labels);
    more.add(place(label), label);
    if (more.size() > MOST_LABELS) {
      more.remove(0);
    }
    return hasPredictions()
        ? new KnownId(predictions, more, null, 0)
        : new KnownId(predictions, more, predictionId, Math.max(patience, longest));
  }

  /** With these in place of the same labels. */
  KnownId withLabels(List<KeptLabel> same) {
    return new KnownId(predictions, same, id, patience);
  }
}
