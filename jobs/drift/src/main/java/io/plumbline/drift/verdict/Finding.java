package io.plumbline.drift.verdict;

/**
 * A severity and why, in words.
 *
 * @param notable whether the words are to be said beside those of a graver finding
 */
record Finding(Severity severity, String reason, boolean notable) {
  Finding(Severity severity, String reason) {
    this(severity, reason, severity.compareTo(Severity.LOW) >= 0);
  }

  Finding graver(Finding other) {
    return other.severity.compareTo(severity) > 0 ? other : this;
  }
}
