package io.plumbline.onlinemetrics.model;

import io.plumbline.profile.ReferenceProfile;
import io.plumbline.profile.ReferenceProfiles;
import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.control.FollowedControl;

/** The file's models with what the control topic says, as soon as it says it. */
public final class FollowedModels implements ModelsView {
  private final FollowedControl<KnownModels> followed;

  /**
   * @param initial as the launcher read it
   */
  public FollowedModels(ModelsBase base, KafkaConfig kafka, ControlSnapshot initial) {
    followed =
        new FollowedControl<>(
            kafka,
            initial,
            changed ->
                new ModelsComposer(
                    base, new ReferenceProfiles<>(ReferenceProfile::readSegments, changed)));
  }

  @Override
  public void open() {
    followed.open();
  }

  @Override
  public KnownModels current() {
    return followed.current();
  }

  @Override
  public void close() throws InterruptedException {
    followed.close();
  }
}
