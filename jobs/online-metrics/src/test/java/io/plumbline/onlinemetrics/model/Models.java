package io.plumbline.onlinemetrics.model;

import io.plumbline.profile.ModelVersion;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.ControlEpoch;
import io.plumbline.runtime.control.ControlSnapshot;
import java.util.List;
import java.util.Map;

/** Views of models out of the text of a config, for tests. */
public final class Models {
  private Models() {}

  /** What is known of models without references. */
  public static KnownModels of(String yaml) {
    return of(yaml, Map.of());
  }

  /**
   * What is known of models.
   *
   * @param segments those of references, by version and column
   */
  public static KnownModels of(String yaml, Map<ModelVersion, Map<String, List<String>>> segments) {
    PlumblineConfig config = ConfigLoader.parse("test", yaml);
    ControlSnapshot control = new ControlSnapshot(new ControlEpoch("", 0), List.of(), 0);
    ModelsBase base = ModelsBase.of(config, control);
    return base.known(base.with(control), segments);
  }

  /** A view that does not change. */
  public static ModelsView fixed(String yaml) {
    Changing view = new Changing();
    view.change(yaml);
    return view;
  }

  /** A view that a test changes. */
  public static final class Changing implements ModelsView {
    private String yaml;
    private transient KnownModels models;

    public void change(String newYaml) {
      yaml = newYaml;
      models = null;
    }

    @Override
    public void open() {}

    @Override
    public KnownModels current() {
      if (models == null) {
        models = of(yaml);
      }
      return models;
    }

    @Override
    public void close() {}
  }
}
