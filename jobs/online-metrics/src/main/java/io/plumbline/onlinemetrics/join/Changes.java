package io.plumbline.onlinemetrics.join;

import io.plumbline.events.Prediction.Role;
import java.util.function.Consumer;

/** What a change of a {@link KnownId} changes for its predictions. */
final class Changes {
  private final long allowedLateness;
  private final Consumer<Joined> out;

  /**
   * @param allowedLateness of the watermark behind a horizon, in milliseconds
   */
  Changes(long allowedLateness, Consumer<Joined> out) {
    this.allowedLateness = allowedLateness;
    this.out = out;
  }

  /** Gives what a new prediction changes. */
  void added(KnownId before, KeptPrediction prediction) {
    if (!prediction.isMeasured()) {
      return;
    }
    out.accept(new Joined(prediction, null, null, Truths.of(before.labels(), prediction)));
    for (KeptPrediction other : before.predictions()) {
      if (isPair(prediction, other)) {
        out.accept(paired(before, prediction, other));
      } else if (isPair(other, prediction)) {
        out.accept(paired(before, other, prediction));
      }
    }
  }

  private static boolean isPair(KeptPrediction shadow, KeptPrediction champion) {
    ServedVersion one = shadow.served();
    ServedVersion two = champion.served();
    return one.role() == Role.SHADOW
        && two.role() == Role.CHAMPION
        && one.task() == two.task()
        && one.model().equals(two.model());
  }

  private static Joined paired(KnownId known, KeptPrediction shadow, KeptPrediction champion) {
    return new Joined(shadow, champion, null, Truths.of(known.labels(), shadow, champion));
  }

  /** Gives what a new label changes. */
  void labelled(KnownId before, KnownId after, long watermark) {
    for (KeptPrediction prediction : after.predictions()) {
      if (!prediction.isMeasured()) {
        continue;
      }
      Labelling old = Truths.of(before.labels(), prediction);
      if (isOver(prediction.horizonEnd(), watermark)) {
        out.accept(new Joined(prediction, null, old, old.withExpired()));
      } else {
        changed(prediction, null, old, Truths.of(after.labels(), prediction));
      }
      if (prediction.served().role() == Role.SHADOW && after.predictions().size() > 1) {
        pairsLabelled(before, after, prediction, watermark);
      }
    }
  }

  private void pairsLabelled(KnownId before, KnownId after, KeptPrediction shadow, long watermark) {
    for (KeptPrediction champion : after.predictions()) {
      long end = Math.min(shadow.horizonEnd(), champion.horizonEnd());
      if (isPair(shadow, champion) && !isOver(end, watermark)) {
        changed(
            shadow,
            champion,
            Truths.of(before.labels(), shadow, champion),
            Truths.of(after.labels(), shadow, champion));
      }
    }
  }

  private void changed(
      KeptPrediction prediction, KeptPrediction champion, Labelling before, Labelling after) {
    if (!before.equals(after)) {
      out.accept(new Joined(prediction, champion, before, after));
    }
  }

  /** Whether labels come too late for a horizon that ends then. */
  boolean isOver(long horizonEnd, long watermark) {
    return watermark >= horizonEnd + allowedLateness;
  }
}
