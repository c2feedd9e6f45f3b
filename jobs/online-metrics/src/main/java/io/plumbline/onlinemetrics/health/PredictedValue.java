package io.plumbline.onlinemetrics.health;

import io.plumbline.events.Answer;
import io.plumbline.onlinemetrics.model.KnownModel;
import java.util.Map;

/** The one number of a prediction whose distribution is watched. */
final class PredictedValue {
  private PredictedValue() {}

  /**
   * The score or value of an answer; null: there is none.
   *
   * @param model null: it is not known, so that any number it gives is taken
   */
  static Double of(Answer answer, KnownModel model) {
    if (model == null || model.task() == null) {
      Double score = score(answer);
      return score == null ? answer.value() : score;
    }
    return switch (model.task()) {
      case REGRESSION -> answer.value();
      case MULTICLASS -> score(answer);
      case BINARY ->
          answer.scores() == null
              ? answer.score()
              : model.classes().scoreOfPositive(answer.scores());
    };
  }

  private static Double score(Answer answer) {
    return answer.scores() == null ? answer.score() : greatest(answer.scores());
  }

  /** NaN where one of them is: which is the greatest is not known then. */
  private static Double greatest(Map<String, Double> scores) {
    Double greatest = null;
    for (Double score : scores.values()) {
      if (greatest == null || Double.compare(score, greatest) > 0) {
        greatest = score;
      }
    }
    return greatest;
  }
}
