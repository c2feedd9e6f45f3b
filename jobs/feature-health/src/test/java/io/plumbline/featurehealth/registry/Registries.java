package io.plumbline.featurehealth.registry;

import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.profile.ReferenceFeature;
import java.util.List;

/** Registries out of the text of a config, for tests. */
public final class Registries {
  private Registries() {}

  public static Registry of(String yaml) {
    PlumblineConfig config = ConfigLoader.parse("test", yaml);
    return RegistryBase.of(config)
        .with(
            new ControlSnapshot(List.of(), 0), new ReferenceProfiles(config.limits().categories()));
  }

  /** What is expected of a feature of which this is the entry. */
  public static Expectation feature(String entry) {
    return of("features:\n  - " + entry).expectation("f");
  }

  /** The same, of a revision of the registry. */
  public static Expectation feature(String entry, long revision) {
    return of("features:\n  - " + entry, revision).expectation("f");
  }

  /** What is expected of a feature that nobody has registered, by a reference. */
  public static Expectation byReference(ReferenceFeature reference) {
    return Expectation.of(null, reference, 1);
  }

  private static Registry of(String yaml, long revision) {
    PlumblineConfig config = ConfigLoader.parse("test", yaml);
    return new Registry(
        config.features(),
        config.models(),
        new ReferenceProfiles(config.limits().categories()),
        revision);
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
