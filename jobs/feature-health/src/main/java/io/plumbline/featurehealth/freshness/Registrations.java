package io.plumbline.featurehealth.freshness;

import io.plumbline.featurehealth.registry.RegistryBase;
import io.plumbline.runtime.config.FeatureConfig;
import io.plumbline.runtime.control.ControlChange;
import io.plumbline.runtime.control.ControlKind;
import io.plumbline.runtime.control.ControlState;
import io.plumbline.runtime.control.Overrides;
import io.plumbline.runtime.ingest.CatchUpState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Tells each registered feature that it is one, so that it has a timer although it may never come;
 * again when the registry changes; and once the sources have caught up, from when on its silence
 * counts. A single task.
 */
public final class Registrations
    extends BroadcastProcessFunction<CatchUpState, ControlChange, FeatureNews> {
  private final RegistryBase base;
  private final ControlState control;

  private transient Map<String, FeatureSpec> told;
  private transient boolean caughtUp;

  /**
   * @param control of features
   */
  public Registrations(RegistryBase base, ControlState control) {
    this.base = base;
    this.control = control;
  }

  /** The kinds of control that it goes by. */
  public static ControlKind kind() {
    return ControlKind.FEATURE;
  }

  @Override
  public void processElement(
      CatchUpState state, ReadOnlyContext context, Collector<FeatureNews> out) throws Exception {
    if (told == null || state.caughtUp() != caughtUp) {
      caughtUp = state.caughtUp();
      tell(control.overrides(context.getBroadcastState(ControlState.DESCRIPTOR)), true, out);
    }
  }

  @Override
  public void processBroadcastElement(
      ControlChange change, Context context, Collector<FeatureNews> out) throws Exception {
    var state = context.getBroadcastState(ControlState.DESCRIPTOR);
    if (control.add(change, state, context.currentProcessingTime()) && told != null) {
      tell(control.overrides(state), false, out);
    }
  }

  private Map<String, FeatureSpec> registered(Overrides overrides) {
    Map<String, FeatureSpec> specs = new LinkedHashMap<>();
    for (FeatureConfig feature : base.features(overrides)) {
      specs.put(feature.name(), FeatureSpec.of(feature));
    }
    return specs;
  }

  private void tell(Overrides overrides, boolean all, Collector<FeatureNews> out) {
    Map<String, FeatureSpec> now = registered(overrides);
    Set<String> overridden = overrides.specs(ControlKind.FEATURE, FeatureConfig.class).keySet();
    boolean begins = told == null;
    now.forEach(
        (feature, spec) -> {
          if (all || !spec.equals(told.get(feature))) {
            out.collect(
                FeatureNews.registered(
                    feature, spec, begins && !overridden.contains(feature), caughtUp));
          }
        });
    if (told != null) {
      told.keySet().stream()
          .filter(feature -> !now.containsKey(feature))
          .forEach(feature -> out.collect(FeatureNews.removed(feature)));
    }
    told = now;
  }
}
