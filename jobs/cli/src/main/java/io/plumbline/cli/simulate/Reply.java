package io.plumbline.cli.simulate;

/** What one version makes of a request; the same object is filled again for the next. */
final class Reply {
  /** Probability of the positive class, as the version sees it; not read if it failed. */
  double score;

  double latencyMillis;

  /** Whether there is an error in the place of a score. */
  boolean failed;
}
