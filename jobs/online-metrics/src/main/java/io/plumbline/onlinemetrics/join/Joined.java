package io.plumbline.onlinemetrics.join;

/**
 * What changed for one prediction, or for a pair of predictions with one id. Whoever adds {@code
 * after} and takes {@code before} away has what holds, in whatever order records come.
 *
 * @param prediction of a pair: the shadow's
 * @param champion of a pair: the prediction with the same id and model by a version that is
 *     champion. The pair's labelling is by the labels that count for both, and has no corrections
 *     and no expired labels; null: this is about {@code prediction} by itself
 * @param before what held before; null: nothing, {@code prediction} (or the pair) is new
 * @param after what holds now
 */
public record Joined(
    KeptPrediction prediction, KeptPrediction champion, Labelling before, Labelling after) {

  public boolean isNew() {
    return before == null;
  }

  public boolean isPair() {
    return champion != null;
  }
}
