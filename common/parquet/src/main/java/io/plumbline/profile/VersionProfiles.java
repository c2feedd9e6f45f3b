package io.plumbline.profile;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The reference profiles of models' versions, as far as they were read.
 *
 * @param <P> what is taken of a profile
 */
public final class VersionProfiles<P> implements AutoCloseable {
  private final ReferenceProfiles<P> profiles;
  private Map<ModelVersion, P> adopted = Map.of();
  private boolean isComplete;

  /**
   * @param profiles closed with this
   */
  public VersionProfiles(ReferenceProfiles<P> profiles) {
    this.profiles = profiles;
  }

  /**
   * The profiles that count now. Reads nothing: what was not read yet is read by other threads.
   *
   * @param references of the versions that have one
   */
  public Map<ModelVersion, P> of(Map<ModelVersion, String> references) {
    ReferenceProfiles.Known<P> known = profiles.want(Set.copyOf(references.values()));
    Map<ModelVersion, P> next = new HashMap<>();
    references.forEach(
        (version, reference) -> {
          // The old one counts until the new one was read: its store may hang, or have nothing yet.
          P profile = known.profiles().getOrDefault(reference, adopted.get(version));
          if (profile != null) {
            next.put(version, profile);
          }
        });
    adopted = next;
    isComplete = known.isComplete();
    return next;
  }

  /** Whether none was being read when they were asked for last. */
  public boolean isComplete() {
    return isComplete;
  }

  @Override
  public void close() {
    profiles.close();
  }
}
