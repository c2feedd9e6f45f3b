package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.ConfigDuration;
import io.plumbline.runtime.config.binding.Findings;
import io.plumbline.runtime.config.binding.ScalarText;
import java.util.List;
import java.util.stream.Stream;

/** A monitor that is on watches something, and can fire with a severity. */
final class MonitorRules {
  private static final List<String> CONDITIONS =
      List.of("above", "below", "outside", "dynamic", "absent");

  private final Findings findings;

  MonitorRules(Findings findings) {
    this.findings = findings;
  }

  void check(List<MonitorConfig> monitors) {
    findings.unique(monitors, MonitorConfig::name, "monitors", ".name");
    for (int i = 0; i < monitors.size(); i++) {
      checkEntry(monitors.get(i), "monitors[" + i + "]");
    }
  }

  void checkEntry(MonitorConfig monitor, String path) {
    if (monitor.enabled()) {
      checkCondition(monitor, path);
    }
    if (monitor.severity() == null && !stands(path, "severity")) {
      for (String condition : List.of("dynamic", "absent")) {
        if (stands(path, condition)) {
          findings.add(path + "." + condition, "expected severity beside it");
        }
      }
    }
    new MonitorBoundRules(findings).check(monitor, path);
    String window = monitor.select().get("window");
    if (window != null && !window.contains("*") && ConfigDuration.parse(window).isEmpty()) {
      findings.add(
          path + ".select.window", "expected a duration like 1h, found \"" + window + "\"");
    }
    if (monitor.dynamic() != null) {
      checkDynamic(monitor.dynamic(), path + ".dynamic");
    }
  }

  /** One that is there but wrong has been told already. */
  private void checkCondition(MonitorConfig monitor, String path) {
    if (monitor.select().isEmpty() && !stands(path, "select")) {
      findings.missing(path, "select");
    }
    boolean none =
        Stream.of(monitor.above(), monitor.below(), monitor.outside())
                .allMatch(bounds -> bounds.isEmpty())
            && monitor.dynamic() == null
            && monitor.absent() == null;
    if (none && CONDITIONS.stream().noneMatch(condition -> stands(path, condition))) {
      findings.add(path, "expected a condition: above, below, outside, dynamic or absent");
    }
  }

  private void checkDynamic(MonitorConfig.Dynamic dynamic, String path) {
    findings.unique(dynamic.method(), path + ".method");
    if (dynamic.method().isEmpty() && stands(path, "method")) {
      findings.add(path + ".method", "expected a method at least");
    }
    if (!dynamic.season().isEmpty()) {
      findings.add(path + ".season", "not built yet");
    }
    MonitorConfig.Baseline baseline = dynamic.baseline();
    String at = path + ".baseline";
    if (baseline.points() != null) {
      return;
    }
    if (!stands(at, "from") || !stands(at, "to")) {
      findings.add(at, "expected a number of points, or from and to");
    }
    if (baseline.from() != null
        && baseline.to() != null
        && !baseline.from().isBefore(baseline.to())) {
      findings.add(
          at,
          "expected from before to, found %s to %s"
              .formatted(ScalarText.of(baseline.from()), ScalarText.of(baseline.to())));
    }
  }

  private boolean stands(String path, String key) {
    return findings.stands(path + "." + key);
  }
}
