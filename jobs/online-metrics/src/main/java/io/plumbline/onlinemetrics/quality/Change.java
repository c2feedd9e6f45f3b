package io.plumbline.onlinemetrics.quality;

import io.plumbline.onlinemetrics.join.ClassScores;
import io.plumbline.onlinemetrics.join.Joined;
import io.plumbline.onlinemetrics.join.KeptPrediction;
import io.plumbline.onlinemetrics.join.Labelling;
import io.plumbline.onlinemetrics.join.SplitMix;
import io.plumbline.onlinemetrics.join.Truth;
import io.plumbline.onlinemetrics.model.BinaryClass;
import java.util.Objects;

/** What a join's change is to each window that its prediction is in. */
final class Change {
  private Change() {}

  /**
   * Adds it to the content of a window.
   *
   * @param early whether only labels that came early count
   */
  static void add(Joined joined, boolean early, WindowContent content) {
    Labelling after = joined.after();
    Labelling before = joined.isNew() ? Labelling.NONE : joined.before();
    Truth now = early ? after.early() : after.truth();
    Truth was = early ? before.early() : before.truth();
    long corrections =
        early
            ? after.earlyCorrections() - before.earlyCorrections()
            : after.corrections() - before.corrections();
    content.count(
        joined.isNew() ? 1 : 0,
        (now == null ? 0 : 1) - (was == null ? 0 : 1),
        corrections,
        after.expired() - before.expired());
    Observations rows = content.rows();
    if (joined.isNew() && (joined.isPair() || now == null)) {
      observe(joined, null, 0, rows);
    }
    if (Objects.equals(was, now)) {
      return;
    }
    if (was != null) {
      observe(joined, was, Observations.TAKEN_OUT, rows);
    } else if (!joined.isNew() && !joined.isPair()) {
      observe(joined, null, Observations.TAKEN_OUT, rows);
    }
    if (now != null) {
      observe(joined, now, 0, rows);
    } else if (!joined.isPair()) {
      observe(joined, null, 0, rows);
    }
  }

  private static void observe(Joined joined, Truth truth, int sign, Observations rows) {
    KeptPrediction one = joined.isPair() ? joined.champion() : joined.prediction();
    KeptPrediction two = joined.isPair() ? joined.prediction() : null;
    int flags = sign | (truth == null ? 0 : Observations.LABELLED);
    long delay = truth == null ? hash(one, two) : truth.ts() - joined.prediction().ts();
    switch (one.served().task()) {
      case BINARY -> binary(one, two, truth, flags, delay, rows);
      case MULTICLASS -> multiclass(one, two, truth, flags, delay, rows);
      case REGRESSION -> regression(one, two, truth, flags, delay, rows);
    }
  }

  /** Of a pair without a label, by which it is in a sample or not, in whatever order pairs come. */
  private static long hash(KeptPrediction champion, KeptPrediction shadow) {
    if (shadow == null) {
      return 0;
    }
    long hash = SplitMix.mixed(champion.ts()) ^ shadow.ts();
    hash = SplitMix.mixed(hash) ^ Double.doubleToRawLongBits(champion.output());
    return SplitMix.mixed(SplitMix.mixed(hash) ^ Double.doubleToRawLongBits(shadow.output()));
  }

  /** Of a pair, what only one side has counts for neither: metrics are of the same predictions. */
  private static void binary(
      KeptPrediction one,
      KeptPrediction two,
      Truth truth,
      int flags,
      long delay,
      Observations rows) {
    int all = flags;
    if (truth != null && truth.outcome() == BinaryClass.POSITIVE) {
      all |= Observations.POSITIVE;
    }
    if (one.predictedClass() != null && (two == null || two.predictedClass() != null)) {
      all |= Observations.ofClass(0, one.predictedClass() == BinaryClass.POSITIVE);
      if (two != null) {
        all |= Observations.ofClass(1, two.predictedClass() == BinaryClass.POSITIVE);
      }
    }
    rows.add(all, delay);
    outputs(one, two, 0, rows);
  }

  private static void outputs(
      KeptPrediction one, KeptPrediction two, int first, Observations rows) {
    if (two == null) {
      rows.number(first, one.output());
      return;
    }
    boolean both = !Double.isNaN(one.output()) && !Double.isNaN(two.output());
    rows.number(first, both ? one.output() : Double.NaN);
    rows.number(first + 1, both ? two.output() : Double.NaN);
  }

  private static void regression(
      KeptPrediction one,
      KeptPrediction two,
      Truth truth,
      int flags,
      long delay,
      Observations rows) {
    rows.add(flags, delay);
    rows.number(0, truth == null ? Double.NaN : truth.number());
    outputs(one, two, 1, rows);
  }

  private static void multiclass(
      KeptPrediction one,
      KeptPrediction two,
      Truth truth,
      int flags,
      long delay,
      Observations rows) {
    boolean classes = one.predictedLabel() != null && (two == null || two.predictedLabel() != null);
    boolean scores = classes && one.scores() != null && (two == null || two.scores() != null);
    String name = truth == null ? "" : truth.label();
    int all = flags | (classes ? Observations.ofClass(0, false) : 0);
    rows.add(two == null || !classes ? all : all | Observations.ofClass(1, false), delay);
    rows.text(0, name);
    side(one, 0, name, classes, scores, rows);
    if (two != null) {
      side(two, 1, name, classes, scores, rows);
    }
  }

  private static void side(
      KeptPrediction prediction,
      int side,
      String truth,
      boolean classes,
      boolean scores,
      Observations rows) {
    String predicted = classes ? prediction.predictedLabel() : "";
    rows.text(1 + side, predicted);
    rows.number(2 * side, scores ? score(prediction.scores(), truth) : Double.NaN);
    rows.number(2 * side + 1, scores ? score(prediction.scores(), predicted) : Double.NaN);
  }

  /** Of a class that the model does not name it is 0. */
  private static double score(ClassScores scores, String name) {
    for (int i = 0; i < scores.size(); i++) {
      if (scores.classes().get(i).equals(name)) {
        return scores.score(i);
      }
    }
    return 0;
  }
}
