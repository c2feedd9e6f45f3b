package io.plumbline.cli;

import io.plumbline.drift.verdict.DatasetVerdict;
import io.plumbline.drift.verdict.Severity;
import io.plumbline.events.DriftResult;
import java.util.List;

/** From where on a run counts as failed, so that a pipeline can stop at it. */
enum FailOn {
  low,
  medium,
  high,
  drifted;

  boolean reached(List<DriftResult> results, DatasetVerdict verdict) {
    if (this == drifted) {
      return verdict.drifted();
    }
    Severity least = Severity.of(name());
    return results.stream()
        .map(result -> Severity.of(result.overallSeverity()))
        .anyMatch(severity -> severity.compareTo(least) >= 0);
  }
}
