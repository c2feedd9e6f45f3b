package io.plumbline.featurehealth.registry;

import io.plumbline.profile.ModelVersion;
import io.plumbline.profile.ReferenceProfile;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.ControlEpoch;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.control.Revision;
import io.plumbline.runtime.expectation.Expectation;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Registries out of the text of a config, for tests. */
public final class Registries {
  private Registries() {}

  public static Registry of(String yaml) {
    return of(yaml, -1);
  }

  /** What is expected of a feature of which this is the entry. */
  public static Expectation feature(String entry) {
    return of("features:\n  - " + entry).expectation("f");
  }

  /** The same, after so many changes by control. */
  public static Expectation feature(String entry, long revision) {
    return of("features:\n  - " + entry, revision).expectation("f");
  }

  private static Registry of(String yaml, long revision) {
    PlumblineConfig config = ConfigLoader.parse("test", yaml);
    ControlSnapshot control = new ControlSnapshot(new ControlEpoch("", 0), List.of(), 0);
    RegistryBase base = RegistryBase.of(config);
    Map<ModelVersion, ReferenceProfile> profiles = new HashMap<>();
    base.references(control)
        .forEach(
            (version, reference) ->
                read(reference, config.limits().categories())
                    .ifPresent(profile -> profiles.put(version, profile)));
    return new Registry(config.features(), config.models(), profiles, new Revision(0, revision));
  }

  private static Optional<ReferenceProfile> read(String reference, long categoriesLimit) {
    try {
      return Optional.of(ReferenceProfile.read(reference, categoriesLimit));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** One that a test changes. */
  public static final class Changing implements RegistryView {
    private transient Registry registry;
    private long revision;

    public void change(String yaml) {
      revision++;
      registry = of(yaml, revision);
    }

    @Override
    public void open() {}

    @Override
    public Registry current() {
      return registry;
    }

    @Override
    public void close() {}
  }

  /** One that does not change. */
  public static RegistryView fixed(String yaml) {
    return new Fixed(yaml);
  }

  private static final class Fixed implements RegistryView {
    private final String yaml;
    private transient Registry registry;

    Fixed(String yaml) {
      this.yaml = yaml;
    }

    @Override
    public void open() {
      registry = of(yaml);
    }

    @Override
    public Registry current() {
      return registry;
    }

    @Override
    public void close() {}
  }
}
