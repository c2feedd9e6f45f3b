package io.plumbline.featurehealth.registry;

import io.plumbline.featurehealth.registry.Registry.ModelVersion;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.control.ViewFactory.Views;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Makes registries of the file, control, and the reference profiles that were read until then. */
final class RegistryComposer implements Views<Registry> {
  private final RegistryBase base;
  private final ReferenceProfiles profiles;
  private Map<ModelVersion, ReferenceProfile> adopted = Map.of();
  private Registry current;
  private boolean isComplete;

  RegistryComposer(RegistryBase base, ReferenceProfiles profiles) {
    this.base = base;
    this.profiles = profiles;
  }

  @Override
  public Registry of(ControlSnapshot control) {
    Map<ModelVersion, String> references = base.references(control);
    ReferenceProfiles.Known known = profiles.want(Set.copyOf(references.values()));
    Map<ModelVersion, ReferenceProfile> next = new HashMap<>();
    references.forEach(
        (version, reference) -> {
          // The old one counts until the new one was read: its store may hang, or have nothing yet.
          ReferenceProfile profile = known.profiles().getOrDefault(reference, adopted.get(version));
          if (profile != null) {
            next.put(version, profile);
          }
        });
    adopted = next;
    isComplete = known.isComplete();
    Registry now = base.with(control, next);
    // A silence, say, changes nothing here, and nobody is to look everything up again for it.
    if (current == null || !now.says(current)) {
      current = now;
    }
    return current;
  }

  @Override
  public boolean isComplete() {
    return isComplete;
  }

  @Override
  public void close() {
    profiles.close();
  }
}
