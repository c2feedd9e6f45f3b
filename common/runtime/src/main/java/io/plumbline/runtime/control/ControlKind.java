package io.plumbline.runtime.control;

import io.plumbline.runtime.config.Acknowledgement;
import io.plumbline.runtime.config.FeatureConfig;
import io.plumbline.runtime.config.LineageNode;
import io.plumbline.runtime.config.ModelConfig;
import io.plumbline.runtime.config.MonitorConfig;
import io.plumbline.runtime.config.Reference;
import io.plumbline.runtime.config.Resolution;
import io.plumbline.runtime.config.RouteConfig;
import io.plumbline.runtime.config.Silence;
import io.plumbline.runtime.config.binding.NearestName;
import io.plumbline.runtime.ingest.Malformed;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What can be changed while the jobs run, and the type of its spec. */
@SuppressWarnings("ImmutableEnumChecker") // a function that holds nothing but a type
public enum ControlKind {
  FEATURE(FeatureConfig.class, FeatureConfig::name),
  MODEL(ModelConfig.class, ModelConfig::name),
  REFERENCE(Reference.class, Reference::name),
  LINEAGE(LineageNode.class, LineageNode::name),
  MONITOR(MonitorConfig.class, MonitorConfig::name),
  /** The tree as a whole: there is one, of name {@value #ROOT}. */
  ROUTE(RouteConfig.class, route -> ControlKind.ROOT),
  SILENCE(Silence.class, silence -> null),
  ACKNOWLEDGEMENT(Acknowledgement.class, acknowledgement -> null),
  RESOLUTION(Resolution.class, resolution -> null);

  /** The name of the only route. */
  public static final String ROOT = "root";

  private final Class<? extends Record> type;
  private final Function<Record, String> name;

  <R extends Record> ControlKind(Class<R> type, Function<R, String> name) {
    this.type = type;
    this.name = spec -> name.apply(type.cast(spec));
  }

  /** The record that a spec is bound to. */
  public Class<? extends Record> type() {
    return type;
  }

  /** The name that a spec gives itself; null if it gives itself none. */
  String ownName(Record spec) {
    return name.apply(spec);
  }

  /** As documents and messages write it: {@code feature}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** By its key. */
  public static Optional<ControlKind> of(String key) {
    return Arrays.stream(values()).filter(kind -> kind.key().equals(key)).findFirst();
  }

  /** For an error about something that is no kind: all of them, and the nearest. */
  public static String expected(String found) {
    List<String> keys = Arrays.stream(values()).map(ControlKind::key).toList();
    return "expected one of %s, found \"%s\"%s"
        .formatted(String.join(", ", keys), Malformed.shown(found), NearestName.hint(found, keys));
  }
}
