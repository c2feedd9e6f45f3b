package io.plumbline.featurehealth.registry;

import java.io.Serializable;

/** What a task sees of the registry. */
public interface RegistryView extends Serializable {
  /** Called once in each task before the registry is asked for. */
  void open();

  /** What holds now: the same object until something changes. */
  Registry current();

  void close() throws InterruptedException;
}
