package io.plumbline.onlinemetrics.quality;

import io.plumbline.events.Prediction.Role;
import io.plumbline.onlinemetrics.join.ClassScores;
import io.plumbline.onlinemetrics.join.Joined;
import io.plumbline.onlinemetrics.join.KeptPrediction;
import io.plumbline.onlinemetrics.join.Labelling;
import io.plumbline.onlinemetrics.join.ServedVersion;
import io.plumbline.onlinemetrics.join.Truth;
import io.plumbline.onlinemetrics.model.BinaryClass;
import io.plumbline.onlinemetrics.model.ClassRule;
import io.plumbline.runtime.config.ModelConfig.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a join gives, for tests. */
final class Changes {
  static final long NOON = Instant.parse("2026-11-26T12:00:00Z").toEpochMilli();
  static final long MINUTE = Duration.ofMinutes(1).toMillis();
  static final long HOUR = Duration.ofHours(1).toMillis();
  static final long DAY = Duration.ofDays(1).toMillis();
  static final long LATENESS = 10 * MINUTE;

  private Changes() {}

  static ServedVersion served(String version, Task task, long horizon, Long... windows) {
    return new ServedVersion(
        "credit",
        version,
        version.equals("shadow") ? Role.SHADOW : Role.CHAMPION,
        task,
        horizon,
        task == Task.BINARY ? ClassRule.STANDARD : null,
        List.of(windows));
  }

  /** A binary prediction, positive from a score of 0.5 on. */
  static KeptPrediction binary(ServedVersion served, long ts, double score, String... segments) {
    BinaryClass predicted = null;
    if (!Double.isNaN(score)) {
      predicted = score >= 0.5 ? BinaryClass.POSITIVE : BinaryClass.NEGATIVE;
    }
    return new KeptPrediction(
        served, List.of(segments), ts, Double.isNaN(score), score, predicted, null, null);
  }

  static KeptPrediction regression(
      ServedVersion served, long ts, double value, String... segments) {
    return new KeptPrediction(
        served, List.of(segments), ts, Double.isNaN(value), value, null, null, null);
  }

  static KeptPrediction multiclass(
      ServedVersion served, long ts, ClassScores scores, String... segments) {
    String top = scores == null ? null : scores.top();
    return new KeptPrediction(
        served, List.of(segments), ts, scores == null, Double.NaN, null, top, scores);
  }

  /** A label of a binary prediction. */
  static Truth truth(boolean positive, long ts) {
    return new Truth(
        ts,
        positive ? "1" : "0",
        positive ? BinaryClass.POSITIVE : BinaryClass.NEGATIVE,
        Double.NaN);
  }

  static Joined fresh(KeptPrediction prediction) {
    return new Joined(prediction, null, null, Labelling.NONE);
  }

  static Joined labelled(KeptPrediction prediction, Truth truth) {
    return new Joined(prediction, null, Labelling.NONE, new Labelling(truth, 0, 0));
  }

  static Joined corrected(KeptPrediction prediction, Truth from, Truth to) {
    return new Joined(prediction, null, new Labelling(from, 0, 0), new Labelling(to, 1, 0));
  }

  static Joined expired(KeptPrediction prediction, Labelling before) {
    return new Joined(
        prediction,
        null,
        before,
        new Labelling(before.truth(), before.corrections(), before.expired() + 1));
  }

  /** What a fold makes of them, all at once. */
  static List<QualityDelta> folded(Joined... changes) {
    QualityFold fold = new QualityFold(LATENESS);
    fold.open(1 << 20);
    for (Joined change : changes) {
      fold.add(change, change.prediction().ts());
    }
    List<QualityDelta> parts = new ArrayList<>();
    fold.flush(Long.MAX_VALUE, parts::add);
    return parts;
  }
}
