package io.plumbline.runtime.control;

import io.plumbline.events.ControlMessage;
import io.plumbline.runtime.config.FeatureConfig;
import io.plumbline.runtime.config.LineageNode;
import io.plumbline.runtime.config.ModelConfig;
import io.plumbline.runtime.config.MonitorConfig;
import io.plumbline.runtime.config.Reference;
import io.plumbline.runtime.config.RouteConfig;
import io.plumbline.runtime.ingest.Malformed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What control says beside the file, with the specs bound. An override replaces what the file says
 * under the same name, or adds to it; one that was taken back leaves the file's.
 */
public final class Overrides {
  private static final Logger LOG = LoggerFactory.getLogger(Overrides.class);

  private final Map<ControlKind, TreeMap<String, Record>> specs = new EnumMap<>(ControlKind.class);

  private Overrides() {
    for (ControlKind kind : ControlKind.values()) {
      specs.put(kind, new TreeMap<>());
    }
  }

  /**
   * @param changes decoded ones; of those about the same thing the latest counts
   */
  public static Overrides of(Collection<ControlChange> changes) {
    Overrides overrides = new Overrides();
    Map<String, ControlChange> last = new TreeMap<>();
    changes.forEach(change -> last.merge(change.key(), change, ControlChange::later));
    for (ControlChange change : last.values()) {
      overrides.add(change.message());
    }
    return overrides;
  }

  /**
   * The same after one more change. Only that one is bound: a whole file may come change by change.
   *
   * @param change later than all about the same thing
   */
  Overrides with(ControlChange change) {
    Overrides next = new Overrides();
    next.specs.putAll(specs);
    ControlMessage message = change.message();
    ControlKind.of(message.kind())
        .ifPresent(
            kind -> {
              TreeMap<String, Record> changed = new TreeMap<>(specs.get(kind));
              changed.remove(message.name());
              next.specs.put(kind, changed);
            });
    next.add(message);
    return next;
  }

  private void add(ControlMessage message) {
    try {
      Record spec = ControlDecoder.spec(message);
      if (spec != null) {
        specs.get(ControlKind.of(message.kind()).orElseThrow()).put(message.name(), spec);
      }
    } catch (Malformed e) {
      // From the state of another version. A job that stopped for it could not be started any more.
      LOG.warn("not as control says, but as the file does: {}", e.getMessage());
    }
  }

  /**
   * The specs of a kind by name.
   *
   * @param type that of the kind
   */
  public <R extends Record> SortedMap<String, R> specs(ControlKind kind, Class<R> type) {
    TreeMap<String, R> typed = new TreeMap<>();
    specs.get(kind).forEach((name, spec) -> typed.put(name, type.cast(spec)));
    return Collections.unmodifiableSortedMap(typed);
  }

  /** The features that hold: the file's in its order, then those that only control knows. */
  public List<FeatureConfig> features(List<FeatureConfig> file) {
    return over(file, FeatureConfig::name, specs(ControlKind.FEATURE, FeatureConfig.class));
  }

  /** The models that hold, with the references that control gives to versions of theirs. */
  public List<ModelConfig> models(List<ModelConfig> file) {
    Map<String, Reference> references = specs(ControlKind.REFERENCE, Reference.class);
    return over(file, ModelConfig::name, specs(ControlKind.MODEL, ModelConfig.class)).stream()
        .map(model -> model.withVersions(referring(model, references)))
        .toList();
  }

  private static List<ModelConfig.Version> referring(
      ModelConfig model, Map<String, Reference> references) {
    List<ModelConfig.Version> versions = new ArrayList<>();
    for (ModelConfig.Version version : model.versions()) {
      Reference reference = references.get(model.name() + "/" + version.version());
      versions.add(
          reference == null
              ? version
              : new ModelConfig.Version(
                  version.version(),
                  version.role(),
                  reference.reference(),
                  reference.stable() == null ? version.stable() : reference.stable()));
    }
    return versions;
  }

  /** The nodes that hold and are neither features nor models. */
  public List<LineageNode> lineage(List<LineageNode> file) {
    return over(file, LineageNode::name, specs(ControlKind.LINEAGE, LineageNode.class));
  }

  /** The monitors that hold. */
  public List<MonitorConfig> monitors(List<MonitorConfig> file) {
    return over(file, MonitorConfig::name, specs(ControlKind.MONITOR, MonitorConfig.class));
  }

  /** The route that holds; null if neither the file nor control has one. */
  public RouteConfig route(RouteConfig file) {
    return specs(ControlKind.ROUTE, RouteConfig.class).getOrDefault(ControlKind.ROOT, file);
  }

  private static <R> List<R> over(List<R> file, Function<R, String> name, Map<String, R> control) {
    Map<String, R> all = new LinkedHashMap<>();
    file.forEach(entry -> all.put(name.apply(entry), entry));
    all.putAll(control);
    return List.copyOf(all.values());
  }
}
