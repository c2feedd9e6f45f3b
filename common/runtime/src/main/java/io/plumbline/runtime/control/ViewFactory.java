package io.plumbline.runtime.control;

import java.io.Serializable;

/**
 * Makes views of control for all tasks of a job in one process.
 *
 * @param <V> the view
 */
@FunctionalInterface
public interface ViewFactory<V> extends Serializable {
  /**
   * Called once in each process.
   *
   * @param changed to be run, in any thread, when another view would be made of the same control
   */
  Views<V> open(Runnable changed);

  /**
   * Views of control, made in one thread at a time.
   *
   * @param <V> the view
   */
  @FunctionalInterface
  interface Views<V> extends AutoCloseable {
    /**
     * The view when the topic says so much. Reads nothing: what has to be read for it is read by
     * threads of its own, and {@code changed} is run afterwards.
     */
    V of(ControlSnapshot control);

    /** Whether nothing is being read that the last view would have. */
    default boolean isComplete() {
      return true;
    }

    /** Ends what {@link ViewFactory#open} began, without waiting for it. */
    @Override
    default void close() {}
  }
}
