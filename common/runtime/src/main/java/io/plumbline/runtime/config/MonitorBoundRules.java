package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Findings;
import io.plumbline.runtime.config.binding.ScalarText;
import java.util.List;
import java.util.Map;

/** The graver a monitor's bound, the further out it lies; and some values are within all bounds. */
final class MonitorBoundRules {
  private final Findings findings;

  MonitorBoundRules(Findings findings) {
    this.findings = findings;
  }

  void check(MonitorConfig monitor, String path) {
    checkOrder(monitor.above(), path + ".above", "the graver the greater", 1);
    checkOrder(monitor.below(), path + ".below", "the graver the smaller", -1);
    checkGap(monitor, path);
    checkRanges(monitor.outside(), path + ".outside");
  }

  private void checkOrder(Map<String, Double> bounds, String path, String expected, int sign) {
    Priority graver = null;
    for (Priority priority : Priority.values()) {
      Double bound = bounds.get(priority.name());
      if (bound == null) {
        continue;
      }
      if (graver != null && sign * Double.compare(bounds.get(graver.name()), bound) <= 0) {
        findings.add(
            path + "." + priority,
            "expected %s, found %s at %s and %s at %s"
                .formatted(
                    expected,
                    graver,
                    ScalarText.number(bounds.get(graver.name())),
                    priority,
                    ScalarText.number(bound)));
      }
      graver = priority;
    }
  }

  private void checkGap(MonitorConfig monitor, String path) {
    if (monitor.above().isEmpty() || monitor.below().isEmpty()) {
      return;
    }
    double least = monitor.above().values().stream().mapToDouble(v -> v).min().orElseThrow();
    double greatest = monitor.below().values().stream().mapToDouble(v -> v).max().orElseThrow();
    if (least < greatest) {
      findings.add(
          path + ".above",
          "expected above %s or more, as in below, found %s: it would always fire"
              .formatted(ScalarText.number(greatest), ScalarText.number(least)));
    }
  }

  private void checkRanges(Map<String, List<Double>> ranges, String path) {
    Priority graver = null;
    for (Priority priority : Priority.values()) {
      List<Double> range = ranges.get(priority.name());
      if (range == null) {
        continue;
      }
      String at = path + "." + priority;
      if (range.size() != 2 || range.get(0) > range.get(1)) {
        findings.add(
            at, "expected the least and the greatest value that is calm, found " + text(range));
        continue;
      }
      if (graver != null && !isWider(ranges.get(graver.name()), range)) {
        findings.add(
            at,
            "expected the graver the wider, found %s at %s and %s at %s"
                .formatted(graver, text(ranges.get(graver.name())), priority, text(range)));
      }
      graver = priority;
    }
  }

  private static boolean isWider(List<Double> range, List<Double> other) {
    return range.get(0) <= other.get(0) && range.get(1) >= other.get(1) && !range.equals(other);
  }

  private static String text(List<Double> range) {
    return range.stream().map(ScalarText::number).toList().toString();
  }
}
