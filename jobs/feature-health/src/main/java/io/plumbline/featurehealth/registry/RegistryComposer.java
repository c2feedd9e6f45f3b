package io.plumbline.featurehealth.registry;

import io.plumbline.profile.ReferenceProfile;
import io.plumbline.profile.ReferenceProfiles;
import io.plumbline.profile.VersionProfiles;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.control.ViewFactory.Views;

/** Makes registries of the file, control, and the reference profiles that were read until then. */
final class RegistryComposer implements Views<Registry> {
  private final RegistryBase base;
  private final VersionProfiles<ReferenceProfile> profiles;
  private Registry current;

  RegistryComposer(RegistryBase base, ReferenceProfiles<ReferenceProfile> profiles) {
    this.base = base;
    this.profiles = new VersionProfiles<>(profiles);
  }

  @Override
  public Registry of(ControlSnapshot control) {
    Registry now = base.with(control, profiles.of(base.references(control)));
    // A silence, say, changes nothing here, and nobody is to look everything up again for it.
    if (current == null || !now.says(current)) {
      current = now;
    }
    return current;
  }

  @Override
  public boolean isComplete() {
    return profiles.isComplete();
  }

  @Override
  public void close() {
    profiles.close();
  }
}
