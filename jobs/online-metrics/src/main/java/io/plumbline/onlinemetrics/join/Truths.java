package io.plumbline.onlinemetrics.join;

import io.plumbline.onlinemetrics.model.BinaryClass;
import java.util.List;

/** What labels say of predictions: functions of both that know no order of arrival. */
final class Truths {
  private Truths() {}

  /**
   * What a label says of predictions; null: it is none for their task.
   *
   * @param served by a model that is known
   */
  static Truth of(KeptLabel label, ServedVersion served) {
    return switch (served.task()) {
      case BINARY -> {
        BinaryClass outcome = served.classes().of(label.label());
        yield outcome == null ? null : new Truth(label.ts(), label.label(), outcome, Double.NaN);
      }
      case MULTICLASS -> new Truth(label.ts(), label.label(), null, Double.NaN);
      case REGRESSION -> {
        double number = label.isNumber() ? Double.parseDouble(label.label()) : Double.NaN;
        yield Double.isFinite(number) ? new Truth(label.ts(), label.label(), null, number) : null;
      }
    };
  }

  /**
   * What labels say of a prediction by itself.
   *
   * @param labels in {@link KeptLabel#ORDER}
   */
  static Labelling of(List<KeptLabel> labels, KeptPrediction prediction) {
    long earlyEnd = prediction.ts() + Labelling.EARLY;
    Truth truth = null;
    Truth early = null;
    int counted = 0;
    int earlyCounted = 0;
    int expired = 0;
    for (KeptLabel label : labels) {
      if (label.ts() > prediction.horizonEnd()) {
        expired++;
        continue;
      }
      Truth said = of(label, prediction.served());
      if (said != null) {
        truth = said;
        counted++;
        if (label.ts() <= earlyEnd) {
          early = said;
          earlyCounted++;
        }
      }
    }
    return counted == 0 && expired == 0
        ? Labelling.NONE
        : new Labelling(
            truth, Math.max(0, counted - 1), expired, early, Math.max(0, earlyCounted - 1));
  }

  /**
   * What they say of a pair: the labels that count for both.
   *
   * @param labels in {@link KeptLabel#ORDER}
   */
  static Labelling of(List<KeptLabel> labels, KeptPrediction shadow, KeptPrediction champion) {
    long end = Math.min(shadow.horizonEnd(), champion.horizonEnd());
    Truth truth = newest(labels, shadow, champion, end);
    if (truth == null) {
      return Labelling.NONE;
    }
    long earlyEnd = shadow.ts() + Labelling.EARLY;
    return truth.ts() <= earlyEnd
        ? new Labelling(truth, 0, 0)
        : new Labelling(truth, 0, 0, newest(labels, shadow, champion, earlyEnd), 0);
  }

  private static Truth newest(
      List<KeptLabel> labels, KeptPrediction shadow, KeptPrediction champion, long end) {
    for (int i = labels.size() - 1; i >= 0; i--) {
      KeptLabel label = labels.get(i);
      if (label.ts() <= end && of(label, champion.served()) != null) {
        Truth truth = of(label, shadow.served());
        if (truth != null) {
          return truth;
        }
      }
    }
    return null;
  }

  /** Whether a label that came in time is none for a prediction's task. */
  static boolean refuse(KeptLabel label, KeptPrediction prediction) {
    return prediction.isMeasured()
        && label.ts() <= prediction.horizonEnd()
        && of(label, prediction.served()) == null;
  }
}
