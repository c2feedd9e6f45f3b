package io.plumbline.onlinemetrics.join;

import io.plumbline.events.DeadLetter;
import org.apache.flink.util.OutputTag;

/** Joins predictions with their labels. Its output is {@link Joined}. */
public final class LabelJoin {
  /** The side output of predictions, each once. */
  public static final OutputTag<FreshPrediction> FRESH = new OutputTag<>("fresh") {};

  /** The side output of labels without a prediction, each once. */
  public static final OutputTag<Orphan> ORPHANS = new OutputTag<>("orphans") {};

  /** The side output of predictions and labels that are refused, and of orphans. */
  public static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters") {};

  private LabelJoin() {}
}
