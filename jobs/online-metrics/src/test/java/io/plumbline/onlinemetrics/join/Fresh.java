package io.plumbline.onlinemetrics.join;

import io.plumbline.events.Answer;
import io.plumbline.events.Prediction.Role;
import java.util.List;
import java.util.Map;

/** Predictions behind the join, for tests. */
public final class Fresh {
  private static long made;

  private Fresh() {}

  /** A champion's with a score. */
  public static FreshPrediction of(String model, String version, long ts, Double score) {
    return in(Role.CHAMPION, model, version, ts, score);
  }

  /**
   * One with a score.
   *
   * @param segments their texts
   */
  public static FreshPrediction in(
      Role role, String model, String version, long ts, Double score, String... segments) {
    return new FreshPrediction(
        answer(role, model, version, ts, score, null, null, null, null, null), List.of(segments));
  }

  /** An answer; what is null is not there. */
  public static Answer answer(
      Role role,
      String model,
      String version,
      long ts,
      Double score,
      Map<String, Double> scores,
      Double value,
      Double confidence,
      Double latencyMs,
      String error) {
    return new Answer(
        "p" + made++,
        model,
        version,
        role,
        ts,
        null,
        score,
        scores,
        value,
        null,
        confidence,
        Map.of(),
        latencyMs,
        error);
  }
}
