package io.plumbline.featurehealth.registry;

import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.control.ControlFollower;
import io.plumbline.runtime.control.ControlSnapshot;

/** The file's registry with what the control topic says, as soon as it says it. */
public final class FollowedRegistry implements RegistryView {
  private final RegistryBase base;
  private final KafkaConfig kafka;
  private final ControlSnapshot initial;
  private transient volatile Registry current;
  private transient ControlFollower follower;

  /**
   * @param initial as the launcher read it
   */
  public FollowedRegistry(RegistryBase base, KafkaConfig kafka, ControlSnapshot initial) {
    this.base = base;
    this.kafka = kafka;
    this.initial = initial;
  }

  @Override
  public void open() {
    ReferenceProfiles references = new ReferenceProfiles(base.categoriesLimit());
    current = base.with(initial, references);
    follower =
        new ControlFollower(kafka, initial, control -> current = base.with(control, references));
  }

  @Override
  public Registry current() {
    return current;
  }

  @Override
  public void close() throws InterruptedException {
    if (follower != null) {
      follower.close();
    }
  }
}
