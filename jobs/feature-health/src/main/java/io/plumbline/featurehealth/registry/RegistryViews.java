package io.plumbline.featurehealth.registry;

import io.plumbline.featurehealth.registry.Registry.ModelVersion;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.control.ViewFactory.Views;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Registries out of the file, control, and the reference profiles that were read until then. */
final class RegistryViews implements Views<Registry> {
  private final RegistryBase base;
  private final ReferenceProfiles profiles;
  private Map<ModelVersion, ReferenceProfile> adopted = Map.of();
  private Registry current;

  RegistryViews(RegistryBase base, ReferenceProfiles profiles) {
    this.base = base;
    this.profiles = profiles;
  }

  @Override
  public Registry of(ControlSnapshot control) {
    Map<ModelVersion, String> references = base.references(control);
    profiles.want(Set.copyOf(references.values()));
    Map<ModelVersion, ReferenceProfile> next = new HashMap<>();
    references.forEach(
        (version, reference) -> {
          Optional<ReferenceProfile> read = profiles.at(reference);
          if (read.isEmpty() && profiles.isReading(reference)) {
            // The old one counts until the new one was read, however long its store takes.
            read = Optional.ofNullable(adopted.get(version));
          }
          read.ifPresent(profile -> next.put(version, profile));
        });
    adopted = next;
    Registry now = base.with(control, next);
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
