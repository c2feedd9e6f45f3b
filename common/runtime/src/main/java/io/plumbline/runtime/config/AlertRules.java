package io.plumbline.runtime.config;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Monitors can fire, and what they say finds a receiver that there is. */
final class AlertRules {
  private static final Pattern WEB = Pattern.compile("https?://[^/\\s]+.*");
  private static final Pattern SMTP = Pattern.compile("smtps?://[^/\\s]+");

  private final PlumblineConfig config;
  private final Findings findings;
  private final List<String> receivers;
  private final List<String> intervals;

  AlertRules(PlumblineConfig config, Findings findings) {
    this.config = config;
    this.findings = findings;
    receivers = names(config.receivers(), ReceiverConfig::name);
    intervals = names(config.timeIntervals(), TimeInterval::name);
  }

  private static <T> List<String> names(Collection<T> entries, Function<T, String> name) {
    return entries.stream().map(name).filter(Objects::nonNull).toList();
  }

  void check() {
    findings.unique(config.monitors(), MonitorConfig::name, "monitors", ".name");
    for (int i = 0; i < config.monitors().size(); i++) {
      checkMonitor(config.monitors().get(i), "monitors[" + i + "]");
    }
    findings.unique(config.receivers(), ReceiverConfig::name, "receivers", ".name");
    for (int i = 0; i < config.receivers().size(); i++) {
      checkReceiver(config.receivers().get(i), "receivers[" + i + "]");
    }
    findings.unique(config.timeIntervals(), TimeInterval::name, "time_intervals", ".name");
    for (int i = 0; i < config.timeIntervals().size(); i++) {
      checkInterval(config.timeIntervals().get(i), "time_intervals[" + i + "]");
    }
    if (config.route() != null) {
      checkRoot(config.route(), "route");
    }
    findings.unique(config.playbooks(), PlaybookConfig::kind, "playbooks", ".kind");
    for (int i = 0; i < config.playbooks().size(); i++) {
      checkPlaybook(config.playbooks().get(i), "playbooks[" + i + "]");
    }
  }

  void checkMonitor(MonitorConfig monitor, String path) {
    boolean none =
        monitor.above().isEmpty()
            && monitor.below().isEmpty()
            && monitor.dynamic() == null
            && monitor.absent() == null;
    // A condition that is there but wrong has been told already.
    if (none && Stream.of("above", "below", "dynamic", "absent").noneMatch(c -> stands(path, c))) {
      findings.add(path, "expected a condition: above, below, dynamic or absent");
    }
    if (monitor.severity() == null && !stands(path, "severity")) {
      for (String condition : List.of("dynamic", "absent")) {
        if (stands(path, condition)) {
          findings.add(path + "." + condition, "expected severity beside it");
        }
      }
    }
    checkOrder(monitor.above(), path + ".above", "the graver the greater", 1);
    checkOrder(monitor.below(), path + ".below", "the graver the smaller", -1);
    checkGap(monitor, path);
    String window = monitor.select().get("window");
    if (window != null && !window.contains("*") && ConfigDuration.parse(window).isEmpty()) {
      findings.add(
          path + ".select.window", "expected a duration like 1h, found \"" + window + "\"");
    }
    if (monitor.dynamic() != null) {
      String methods = path + ".dynamic.method";
      findings.unique(monitor.dynamic().method(), methods);
      if (monitor.dynamic().method().isEmpty() && stands(methods, "")) {
        findings.add(methods, "expected a method at least");
      }
      findings.unique(monitor.dynamic().season(), path + ".dynamic.season");
    }
  }

  private boolean stands(String path, String key) {
    return findings.stands(key.isEmpty() ? path : path + "." + key);
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
                    RecordBinder.plain(bounds.get(graver.name())),
                    priority,
                    RecordBinder.plain(bound)));
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
              .formatted(RecordBinder.plain(greatest), RecordBinder.plain(least)));
    }
  }

  private void checkReceiver(ReceiverConfig receiver, String path) {
    List<String> channels =
        Stream.of("pagerduty", "slack", "email", "webhook").filter(c -> stands(path, c)).toList();
    if (channels.size() != 1) {
      findings.add(
          path,
          "expected exactly one of pagerduty, slack, email, webhook, found "
              + (channels.isEmpty() ? "none" : String.join(", ", channels)));
    }
    if (receiver.webhook() != null) {
      address(receiver.webhook().url(), WEB, "https://host/path", path + ".webhook.url");
    }
    if (receiver.email() != null) {
      address(receiver.email().smtp(), SMTP, "smtps://host:465", path + ".email.smtp");
      findings.unique(receiver.email().to(), path + ".email.to");
    }
  }

  /** What a placeholder will hold is not known yet. */
  private void address(String address, Pattern form, String example, String path) {
    if (address != null
        && !SecretText.hasPlaceholder(address)
        && !form.matcher(address).matches()) {
      findings.add(path, "expected an address like " + example);
    }
  }

  private void checkInterval(TimeInterval interval, String path) {
    findings.unique(interval.days(), path + ".days");
    if (interval.days().isEmpty() && stands(path, "days")) {
      findings.add(path + ".days", "expected a day at least");
    }
    if (interval.from() != null
        && interval.to() != null
        && !interval.from().isBefore(interval.to())) {
      findings.add(
          path,
          "expected from before to, found %s to %s (one over midnight is two intervals)"
              .formatted(
                  RecordBinder.asWritten(interval.from()), RecordBinder.asWritten(interval.to())));
    }
  }

  void checkRoot(RouteConfig root, String path) {
    if (root.receiver() == null) {
      findings.add(path, "expected receiver, which is missing: it is that of all other routes");
    }
    if (!root.match().isEmpty()) {
      findings.add(path + ".match", "expected only below routes: the root takes everything");
    }
    if (!root.active().isEmpty()) {
      findings.add(path + ".active", "expected only below routes: the root always sends");
    }
    checkRoute(root, path);
  }

  private void checkRoute(RouteConfig route, String path) {
    findings.known(route.receiver(), receivers, "the receivers", path + ".receiver");
    for (int i = 0; i < route.active().size(); i++) {
      findings.known(
          route.active().get(i), intervals, "the time_intervals", path + ".active[" + i + "]");
    }
    String severity = route.match().get("severity");
    if (severity != null && !severity.contains("*") && !priorities().contains(severity)) {
      findings.add(
          path + ".match.severity",
          "expected one of %s, found \"%s\"".formatted(String.join(", ", priorities()), severity));
    }
    for (int i = 0; i < route.routes().size(); i++) {
      checkRoute(route.routes().get(i), path + ".routes[" + i + "]");
    }
  }

  private static List<String> priorities() {
    return Stream.of(Priority.values()).map(Priority::name).collect(Collectors.toList());
  }

  private void checkPlaybook(PlaybookConfig playbook, String path) {
    findings.unique(playbook.actions(), PlaybookConfig.Action::name, path + ".actions", ".name");
    for (int i = 0; i < playbook.actions().size(); i++) {
      ReceiverConfig.Webhook webhook = playbook.actions().get(i).webhook();
      if (webhook != null) {
        address(webhook.url(), WEB, "https://host/path", path + ".actions[" + i + "].webhook.url");
      }
    }
  }
}
