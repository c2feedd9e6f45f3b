package io.plumbline.onlinemetrics.join;

import io.plumbline.events.Answer;
import io.plumbline.onlinemetrics.model.BinaryClass;
import io.plumbline.onlinemetrics.model.ClassRule;
import io.plumbline.onlinemetrics.model.KnownModel;
import io.plumbline.onlinemetrics.model.KnownModels;
import io.plumbline.runtime.ingest.Malformed;
import io.plumbline.runtime.segment.SegmentColumn;
import java.util.ArrayList;
import java.util.List;

/** Makes of answers what is kept of them, by what config and control say when they come. */
final class Intake {
  /** Of one prediction in state: beyond it is a mistake or an attack. */
  private static final int MOST_BYTES = 32 * 1024;

  private Intake() {}

  /** The texts of an answer's segments. */
  static List<String> segments(Answer answer, KnownModel model) {
    if (model == null) {
      return List.of();
    }
    List<SegmentColumn> columns = model.segments(answer.modelVersion());
    List<String> texts = new ArrayList<>(columns.size());
    for (SegmentColumn column : columns) {
      texts.add(column.text(column.numberOf(answer.segments().get(column.name()))));
    }
    return texts;
  }

  /**
   * What is kept of an answer.
   *
   * @param answer with its role
   * @param model null: it is not known
   * @param segments as above
   * @throws Malformed if the answer is none of its model's
   */
  static KeptPrediction kept(Answer answer, KnownModel model, List<String> segments)
      throws Malformed {
    KeptPrediction kept =
        model == null || model.task() == null
            ? unmeasured(answer, model)
            : switch (model.task()) {
              case BINARY -> binary(answer, model, segments);
              case MULTICLASS -> multiclass(answer, model, segments);
              case REGRESSION -> regression(answer, model, segments);
            };
    if (bytes(kept) > MOST_BYTES) {
      throw new Malformed(
          "expected names and classes of at most %d bytes together, found %d"
              .formatted(MOST_BYTES, bytes(kept)));
    }
    return kept;
  }

  private static ServedVersion served(Answer answer, KnownModel model) {
    return new ServedVersion(
        answer.model(),
        answer.modelVersion(),
        answer.role(),
        model == null ? null : model.task(),
        model == null ? KnownModels.DEFAULT_HORIZON : model.horizon(),
        model != null && model.isBinary() ? model.classes() : null,
        model == null || model.task() == null ? List.of() : model.windowMillis());
  }

  private static boolean isError(Answer answer) {
    return answer.error() != null;
  }

  /** Only so much that its labels are no orphans. */
  private static KeptPrediction unmeasured(Answer answer, KnownModel model) {
    return new KeptPrediction(
        served(answer, model),
        List.of(),
        answer.ts(),
        isError(answer),
        Double.NaN,
        null,
        null,
        null);
  }

  private static KeptPrediction regression(Answer answer, KnownModel model, List<String> segments) {
    return new KeptPrediction(
        served(answer, model),
        segments,
        answer.ts(),
        isError(answer),
        finite(answer.value()),
        null,
        null,
        null);
  }

  private static KeptPrediction binary(Answer answer, KnownModel model, List<String> segments)
      throws Malformed {
    ClassRule classes = model.classes();
    double score =
        probability(
            answer.scores() == null ? answer.score() : classes.scoreOfPositive(answer.scores()));
    BinaryClass predicted;
    if (answer.predictedLabel() != null) {
      predicted = classes.of(answer.predictedLabel());
    } else if (Double.isNaN(score)) {
      predicted = null;
    } else {
      predicted = score >= model.threshold() ? BinaryClass.POSITIVE : BinaryClass.NEGATIVE;
    }
    return new KeptPrediction(
        served(answer, model),
        segments,
        answer.ts(),
        isError(answer),
        score,
        predicted,
        null,
        null);
  }

  private static KeptPrediction multiclass(Answer answer, KnownModel model, List<String> segments)
      throws Malformed {
    ClassScores scores =
        answer.scores() == null || answer.scores().isEmpty()
            ? null
            : ClassScores.of(answer.scores());
    boolean areFinite = scores != null;
    for (int i = 0; scores != null && i < scores.size(); i++) {
      areFinite &= !Double.isNaN(probability(scores.score(i)));
    }
    scores = areFinite ? scores : null;
    String label = answer.predictedLabel();
    return new KeptPrediction(
        served(answer, model),
        segments,
        answer.ts(),
        isError(answer),
        Double.NaN,
        null,
        label == null && scores != null ? scores.top() : label,
        scores);
  }

  /** A probability; NaN: there is none, or none that is finite. */
  private static double probability(Double score) throws Malformed {
    double finite = finite(score);
    if (finite < 0 || finite > 1) {
      throw new Malformed("expected a probability as score, found " + score);
    }
    return finite;
  }

  private static double finite(Double number) {
    return number != null && Double.isFinite(number) ? number : Double.NaN;
  }

  /** About as many as it takes in state. */
  private static int bytes(KeptPrediction kept) {
    int bytes = kept.served().model().length() + kept.served().version().length();
    for (String segment : kept.segments()) {
      bytes += segment.length();
    }
    if (kept.scores() != null) {
      for (String name : kept.scores().classes()) {
        bytes += name.length() + Double.BYTES;
      }
    }
    return bytes;
  }
}
