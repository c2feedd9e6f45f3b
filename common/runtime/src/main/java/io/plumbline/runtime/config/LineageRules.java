package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Findings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The lineage is a graph of known nodes that runs one way: source, dataset or job, feature. */
final class LineageRules {
  private final PlumblineConfig config;
  private final Findings findings;

  /** What each node is made from. */
  private final Map<String, List<String>> reads = new LinkedHashMap<>();

  /** The key that says so. */
  private final Map<String, String> paths = new HashMap<>();

  LineageRules(PlumblineConfig config, Findings findings) {
    this.config = config;
    this.findings = findings;
  }

  void check() {
    findings.unique(config.lineage(), LineageNode::name, "lineage", ".name");
    collect();
    checkNames();
    checkReads();
    checkCycles();
  }

  private void collect() {
    for (int i = 0; i < config.lineage().size(); i++) {
      LineageNode node = config.lineage().get(i);
      if (node.name() != null && reads.putIfAbsent(node.name(), node.reads()) == null) {
        paths.put(node.name(), "lineage[" + i + "].reads");
      }
    }
    for (int i = 0; i < config.features().size(); i++) {
      FeatureConfig feature = config.features().get(i);
      if (feature.name() != null && reads.putIfAbsent(feature.name(), feature.source()) == null) {
        paths.put(feature.name(), "features[" + i + "].source");
      }
    }
  }

  /** Events name nodes, features and models alike: a name must say which is meant. */
  private void checkNames() {
    Set<String> features =
        config.features().stream().map(FeatureConfig::name).collect(Collectors.toSet());
    Set<String> models =
        config.models().stream().map(ModelConfig::name).collect(Collectors.toSet());
    for (int i = 0; i < config.lineage().size(); i++) {
      String name = config.lineage().get(i).name();
      if (name != null && features.contains(name)) {
        findings.add("lineage[" + i + "].name", name + " is a feature as well");
      }
      if (name != null && models.contains(name)) {
        findings.add("lineage[" + i + "].name", name + " is a model as well");
      }
    }
  }

  private void checkReads() {
    for (int i = 0; i < config.lineage().size(); i++) {
      List<String> nodes = config.lineage().get(i).reads();
      String path = "lineage[" + i + "].reads";
      findings.unique(nodes, path);
      checkKnown(nodes, reads.keySet(), "the nodes of the lineage and the features", path);
    }
    Set<String> nodes =
        config.lineage().stream()
            .map(LineageNode::name)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    for (int i = 0; !nodes.isEmpty() && i < config.features().size(); i++) {
      List<String> source = config.features().get(i).source();
      checkKnown(source, nodes, "the nodes of the lineage", "features[" + i + "].source");
    }
  }

  private void checkKnown(List<String> names, Set<String> known, String what, String path) {
    for (int i = 0; i < names.size(); i++) {
      String at = path + "[" + i + "]";
      // A list of one may be written without being one.
      findings.known(names.get(i), known, what, findings.stands(at) ? at : path);
    }
  }

  /** Of what is left when all nodes without a cycle above them are taken away, each has one. */
  private void checkCycles() {
    Set<String> left = withCycles();
    Set<String> seen = new HashSet<>();
    for (String start : left) {
      List<String> way = new ArrayList<>();
      String node = start;
      while (seen.add(node)) {
        way.add(node);
        node = reads.get(node).stream().filter(left::contains).findFirst().orElseThrow();
      }
      int from = way.indexOf(node);
      if (from >= 0) {
        List<String> cycle = new ArrayList<>(way.subList(from, way.size()));
        cycle.add(node);
        findings.add(
            paths.get(node),
            "expected no cycle, found %s (each reads the next)"
                .formatted(String.join(" -> ", cycle)));
      }
    }
  }

  private Set<String> withCycles() {
    Map<String, List<String>> readers = new HashMap<>();
    Map<String, Integer> open = new LinkedHashMap<>();
    reads.forEach(
        (node, sources) -> {
          List<String> known = sources.stream().filter(reads::containsKey).toList();
          open.put(node, known.size());
          known.forEach(s -> readers.computeIfAbsent(s, any -> new ArrayList<>()).add(node));
        });
    Deque<String> done = new ArrayDeque<>();
    open.forEach(
        (node, count) -> {
          if (count == 0) {
            done.add(node);
          }
        });
    while (!done.isEmpty()) {
      String node = done.remove();
      open.remove(node);
      for (String reader : readers.getOrDefault(node, List.of())) {
        if (open.merge(reader, -1, Integer::sum) == 0) {
          done.add(reader);
        }
      }
    }
    return open.keySet();
  }
}
