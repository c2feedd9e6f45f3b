package io.plumbline.featurehealth.registry;

import io.plumbline.profile.ReferenceProfile;
import io.plumbline.profile.ReferenceProfiles;
import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.control.FollowedControl;

/** The file's registry with what the control topic says, as soon as it says it. */
public final class FollowedRegistry implements RegistryView {
  private final FollowedControl<Registry> followed;

  /**
   * @param initial as the launcher read it
   */
  public FollowedRegistry(RegistryBase base, KafkaConfig kafka, ControlSnapshot initial) {
    this(
        base,
        kafka,
        initial,
        reference -> ReferenceProfile.read(reference, base.categoriesLimit()));
  }

  FollowedRegistry(
      RegistryBase base,
      KafkaConfig kafka,
      ControlSnapshot initial,
      ReferenceProfiles.Source<ReferenceProfile> profiles) {
    followed =
        new FollowedControl<>(
            kafka,
            initial,
            changed -> new RegistryComposer(base, new ReferenceProfiles<>(profiles, changed)));
  }

  @Override
  public void open() {
    followed.open();
  }

  @Override
  public Registry current() {
    return followed.current();
  }

  @Override
  public void close() throws InterruptedException {
    followed.close();
  }
}
