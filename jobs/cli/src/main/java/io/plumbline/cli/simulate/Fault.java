package io.plumbline.cli.simulate;

import java.time.Duration;

/**
 * The one thing that goes wrong.
 *
 * @param after time from the start of the simulation to the fault
 * @param feature index of the feature in which it shows; {@link #NO_FEATURE}: in none
 */
record Fault(Kind kind, Duration after, int feature) {
  static final int NO_FEATURE = -1;

  /** The share of values that are null under {@code nulls}. */
  static final double NULL_SHARE = 0.3;

  /** What goes wrong; until the end, once it has begun. */
  enum Kind {
    none("nothing goes wrong", null),
    stale("the job behind the feature stops: none of its features is updated", "purchases_30d"),
    drift("the feature's distribution shifts, what is true does not: quality falls", "income"),
    nulls("30 % of the feature's values are null", "bureau_score"),
    skew("serving's values differ from training's (offline)", "debt_to_income"),
    worse(
        "the champion's scores are noise for the most part; features and shadow stay as they were",
        null),
    unlabelled("labels come no more", null),
    silent("predictions come no more", null);

    final String effect;

    /** Null: it is in no feature. */
    final String standardFeature;

    Kind(String effect, String standardFeature) {
      this.effect = effect;
      this.standardFeature = standardFeature;
    }
  }

  /**
   * @param offset nanoseconds since the start
   */
  boolean hasBegun(long offset) {
    return kind != Kind.none && offset >= after.toNanos();
  }

  /** Whether it shows in values of a feature at a time. */
  boolean changes(int which, long offset) {
    return which == feature && kind != Kind.stale && hasBegun(offset);
  }

  /** Whether it stops a job for good. */
  boolean stops(int job) {
    return kind == Kind.stale && World.FEATURES.get(feature).job() == job;
  }

  /** Whether it makes a version's scores worse at a time. */
  boolean worsens(int version, long offset) {
    return kind == Kind.worse && version == World.CHAMPION && hasBegun(offset);
  }

  /** Whether labels of a time do not come. */
  boolean withholdsLabels(long offset) {
    return kind == Kind.unlabelled && hasBegun(offset);
  }

  /** Whether the model predicts nothing at a time. */
  boolean silences(long offset) {
    return kind == Kind.silent && hasBegun(offset);
  }

  /**
   * Where it is: the model, or the node of the lineage at its root and the features that it
   * reaches.
   */
  String place() {
    if (feature == NO_FEATURE) {
      return "model " + World.MODEL;
    }
    SimulatedJob job = World.jobOf(feature);
    return kind == Kind.stale
        ? "job %s (features %s)".formatted(job.name(), String.join(", ", World.featuresOf(job)))
        : "feature %s (of job %s)".formatted(World.FEATURES.get(feature).name(), job.name());
  }
}
