package io.plumbline.onlinemetrics.join;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The probabilities of the classes of a multiclass prediction, by class in order. Immutable. */
public final class ClassScores {
  private final List<String> classes;
  private final double[] scores;

  /**
   * @param classes in order
   * @param scores one of each, which nobody changes
   */
  ClassScores(List<String> classes, double[] scores) {
    this.classes = classes;
    this.scores = scores;
  }

  /** Scores by class. */
  public static ClassScores of(Map<String, Double> scores) {
    TreeMap<String, Double> sorted = new TreeMap<>(scores);
    return new ClassScores(
        List.copyOf(sorted.keySet()),
        sorted.values().stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** The classes in order. */
  public List<String> classes() {
    return classes;
  }

  public int size() {
    return scores.length;
  }

  /** The probability of the class at this place. */
  public double score(int index) {
    return scores[index];
  }

  /** The class with the greatest score, of equals the first. */
  public String top() {
    int top = 0;
    for (int i = 1; i < scores.length; i++) {
      if (scores[i] > scores[top]) {
        top = i;
      }
    }
    return classes.get(top);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClassScores that
        && classes.equals(that.classes)
        && Arrays.equals(scores, that.scores);
  }

  @Override
  public int hashCode() {
    return 31 * classes.hashCode() + Arrays.hashCode(scores);
  }

  @Override
  public String toString() {
    return classes + "=" + Arrays.toString(scores);
  }
}
