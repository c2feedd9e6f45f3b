package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Findings;
import io.plumbline.runtime.config.binding.ScalarText;
import java.util.List;

/** An interval has a day, and ends after it begins. */
final class TimeIntervalRules {
  private final Findings findings;

  TimeIntervalRules(Findings findings) {
    this.findings = findings;
  }

  void check(List<TimeInterval> intervals) {
    findings.unique(intervals, TimeInterval::name, "time_intervals", ".name");
    for (int i = 0; i < intervals.size(); i++) {
      checkEntry(intervals.get(i), "time_intervals[" + i + "]");
    }
  }

  private void checkEntry(TimeInterval interval, String path) {
    findings.unique(interval.days(), path + ".days");
    if (interval.days().isEmpty() && findings.stands(path + ".days")) {
      findings.add(path + ".days", "expected a day at least");
    }
    if (interval.from() != null
        && interval.to() != null
        && !interval.from().isBefore(interval.to())) {
      findings.add(
          path,
          "expected from before to, found %s to %s (one over midnight is two intervals)"
              .formatted(ScalarText.of(interval.from()), ScalarText.of(interval.to())));
    }
  }
}
