package io.plumbline.runtime.control;

import java.io.Serializable;

/**
 * What a task sees of control, in a form that it can use.
 *
 * @param <V> the form, which is immutable
 */
public interface ControlView<V> extends Serializable {
  /** Called once in each task before it asks. */
  void open();

  /** What holds now: the same object until something changes. Never waits. */
  V current();

  void close() throws InterruptedException;
}
