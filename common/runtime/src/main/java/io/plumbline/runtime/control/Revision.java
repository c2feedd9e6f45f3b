package io.plumbline.runtime.control;

import java.util.Comparator;

/**
 * How much control had said. It grows with each change, also when the topic is made anew, and is
 * the same for all processes of a job that have read as far.
 *
 * @param epoch number of the {@link ControlEpoch}
 * @param offset of its last change that counts; -1: there is none
 */
public record Revision(long epoch, long offset) implements Comparable<Revision> {
  /** Before all that control says. */
  public static final Revision NONE = new Revision(-1, -1);

  private static final Comparator<Revision> ORDER =
      Comparator.comparingLong(Revision::epoch).thenComparingLong(Revision::offset);

  @Override
  public int compareTo(Revision other) {
    return ORDER.compare(this, other);
  }
}
