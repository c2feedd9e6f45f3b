package io.plumbline.onlinemetrics.model;

import io.plumbline.runtime.config.ModelConfig;
import java.util.Map;

/**
 * Which labels are the classes of a binary model.
 *
 * @param positive the label that is the positive class; null: {@code true} and {@code 1}
 * @param negative the label that is the negative class; null: every other one where {@code
 *     positive} is given, else {@code false} and {@code 0}
 */
public record ClassRule(String positive, String negative) {
  /** Of a model for which nothing is given. */
  public static final ClassRule STANDARD = new ClassRule(null, null);

  static ClassRule of(ModelConfig model) {
    return model.positive() == null && model.negative() == null
        ? STANDARD
        : new ClassRule(model.positive(), model.negative());
  }

  /** The class of a label; null: it is neither. */
  public BinaryClass of(String label) {
    if (isPositive(label)) {
      return BinaryClass.POSITIVE;
    }
    return isNegative(label) ? BinaryClass.NEGATIVE : null;
  }

  /** The score of the positive class among those of classes; null: they are of others only. */
  public Double scoreOfPositive(Map<String, Double> scores) {
    for (Map.Entry<String, Double> score : scores.entrySet()) {
      if (of(score.getKey()) == BinaryClass.POSITIVE) {
        return score.getValue();
      }
    }
    return null;
  }

  private boolean isPositive(String label) {
    return positive == null ? label.equals("true") || label.equals("1") : label.equals(positive);
  }

  private boolean isNegative(String label) {
    if (negative != null) {
      return label.equals(negative);
    }
    return positive != null || label.equals("false") || label.equals("0");
  }
}
