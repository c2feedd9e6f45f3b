package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Findings;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Every route leads to a receiver that there is, at times that there are. */
final class RouteRules {
  private static final List<String> PRIORITIES =
      Stream.of(Priority.values()).map(Priority::name).toList();

  private final Set<String> receivers;
  private final Set<String> intervals;
  private final Findings findings;

  RouteRules(Set<String> receivers, Set<String> intervals, Findings findings) {
    this.receivers = receivers;
    this.intervals = intervals;
    this.findings = findings;
  }

  /**
   * @param receiver null: none is named
   */
  void checkReceiver(String receiver, String path) {
    findings.known(receiver, receivers, "the receivers", path);
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
    checkReceiver(route.receiver(), path + ".receiver");
    for (int i = 0; i < route.active().size(); i++) {
      findings.known(
          route.active().get(i), intervals, "the time_intervals", path + ".active[" + i + "]");
    }
    String severity = route.match().get("severity");
    if (severity != null && !severity.contains("*") && !PRIORITIES.contains(severity)) {
      findings.add(
          path + ".match.severity",
          "expected one of %s, found \"%s\"".formatted(String.join(", ", PRIORITIES), severity));
    }
    for (int i = 0; i < route.routes().size(); i++) {
      checkRoute(route.routes().get(i), path + ".routes[" + i + "]");
    }
  }
}
