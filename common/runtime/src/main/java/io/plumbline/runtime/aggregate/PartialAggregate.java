package io.plumbline.runtime.aggregate;

import java.io.Serializable;
import java.util.function.Consumer;

/**
 * Folds events into partial results, by pane and by whatever else the results are keyed by. What it
 * has folded can be asked for at any time and merged downstream in any order.
 *
 * @param <E> the event
 * @param <P> the partial result: one for each key and pane, never one for each event
 */
public interface PartialAggregate<E, P> extends Serializable {
  /** Of {@link #firstPaneEnd} when nothing is held. */
  long NOTHING = Long.MAX_VALUE;

  /** Of {@link #firstPaneEnd} when what is held is of no pane: no watermark closes it. */
  long NO_PANE = Long.MAX_VALUE - 1;

  /**
   * Called once in each task, before all else.
   *
   * @param mostBytes of memory; when more is held, all is flushed. What a flush does not free
   *     (names that it has met, what it has looked up) must stay well below
   */
  default void open(long mostBytes) throws Exception {}

  /** Called once in each task, after all else. */
  default void close() throws Exception {}

  /**
   * Folds one event.
   *
   * @param timestamp epoch milliseconds; says which pane
   */
  void add(E event, long timestamp);

  /**
   * Called before each checkpoint, also while no events come: an exception fails the task, which
   * else would not notice before the next event that it can fold none.
   */
  default void beforeCheckpoint() throws Exception {}

  /** About how many bytes of memory are held, for the panes and for all else. */
  long bytes();

  /**
   * The end of the oldest pane that is held, in epoch milliseconds; {@link #NOTHING} or {@link
   * #NO_PANE}: none is.
   */
  long firstPaneEnd();

  /**
   * Gives away the panes that end at this time or before, and forgets them.
   *
   * @param end in epoch milliseconds; {@code Long.MAX_VALUE}: all panes
   */
  void flush(long end, Consumer<P> out);
}
