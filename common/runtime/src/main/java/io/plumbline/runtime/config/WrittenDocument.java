package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.ConfigKeys;
import io.plumbline.runtime.config.binding.Findings;
import io.plumbline.runtime.config.binding.Limits.Required;
import io.plumbline.runtime.config.binding.Problems;
import io.plumbline.runtime.config.binding.RecordBinder;
import io.plumbline.runtime.config.binding.SafeYaml;
import io.plumbline.runtime.input.BadInput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A document {@code {kind, name, spec}} as somebody wrote it, in YAML or JSON. What is wrong with
 * it is among the problems, told as for the config file; what is missing or wrong is null here.
 */
public final class WrittenDocument {
  private static final String SPEC = "spec";

  private final RecordBinder binder;
  private final Findings findings;
  private final Keys keys;

  /** The last two are those of a message; {@code plumbline get} prints them as well. */
  record Keys(@Required String kind, @Required String name, Node spec, String author, Instant at) {}

  private WrittenDocument(Node node, Problems problems) {
    binder = new RecordBinder(problems);
    findings = Findings.ofOneEntry(binder, problems);
    binder.stands("", node);
    keys = binder.bind(node, Keys.class, "");
  }

  /**
   * The documents of a text, which {@code ---} divides. None if it is empty, or a single mapping
   * that has no key of a document: a plumbline.yaml.
   *
   * @throws BadInput if the text is not YAML
   */
  public static List<WrittenDocument> read(String text, Problems problems) {
    List<Node> nodes =
        SafeYaml.composeAll(problems.file(), text).stream()
            .filter(node -> !node.getTag().equals(Tag.NULL))
            .toList();
    return nodes.size() == 1 && isConfig(nodes.get(0))
        ? List.of()
        : nodes.stream().map(node -> new WrittenDocument(node, problems)).toList();
  }

  private static boolean isConfig(Node node) {
    if (!(node instanceof MappingNode mapping)) {
      return false;
    }
    Set<String> known = ConfigKeys.atTop(Keys.class);
    return keysOf(mapping).stream().noneMatch(known::contains);
  }

  private static Set<String> keysOf(MappingNode mapping) {
    Set<String> keys = new HashSet<>();
    for (NodeTuple entry : mapping.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode key) {
        keys.add(key.getValue());
      }
    }
    return keys;
  }

  public String kind() {
    return keys.kind();
  }

  public String name() {
    return keys.name();
  }

  public String author() {
    return keys.author();
  }

  public Instant at() {
    return keys.at();
  }

  /**
   * The spec as a record, by the rules of the config; null if there is none.
   *
   * @param type whose key {@code name}, if it has one, the spec need not repeat
   */
  public <R extends Record> R spec(Class<R> type) {
    if (keys.spec() == null) {
      return null;
    }
    R spec = binder.bind(named(type), type, SPEC);
    new ConfigRules(PlumblineConfig.defaults(), findings).checkEntry(spec, SPEC);
    // The only route that is a document is the root.
    return spec instanceof RouteConfig route ? type.cast(route.asRoot()) : spec;
  }

  private Node named(Class<? extends Record> type) {
    if (!ConfigKeys.atTop(type).contains("name")
        || !(keys.spec() instanceof MappingNode spec)
        || keysOf(spec).contains("name")) {
      return keys.spec();
    }
    List<NodeTuple> entries = new ArrayList<>(spec.getValue());
    entries.add(new NodeTuple(text("name"), text(keys.name())));
    return new MappingNode(
        Tag.MAP, true, entries, FlowStyle.BLOCK, spec.getStartMark(), spec.getEndMark());
  }

  private static ScalarNode text(String text) {
    return new ScalarNode(Tag.STR, text, ScalarStyle.DOUBLE_QUOTED);
  }

  /** Adds a problem that the caller found. */
  public void problem(String path, String problem) {
    findings.add(path, problem);
  }
}
