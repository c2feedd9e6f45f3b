package io.plumbline.runtime.control;

import java.io.Serializable;

/**
 * A control topic from its creation until it is deleted. One of the same name that is made anew
 * begins another epoch, whose offsets begin at 0 and whose content replaces all that was said
 * before.
 *
 * @param topicId by which the broker tells the topic from others of its name
 * @param number greater than those of earlier epochs: when the launcher read the topic, in epoch
 *     milliseconds, and one more for each topic since. Different launchers give one topic different
 *     numbers
 */
public record ControlEpoch(String topicId, long number) implements Serializable {

  /** Whether both are of the same topic, so that their offsets can be compared. */
  public boolean isSame(ControlEpoch other) {
    return topicId.equals(other.topicId);
  }

  /** Whether what is said here replaces what was said there. */
  public boolean replaces(ControlEpoch other) {
    return !isSame(other) && number > other.number;
  }

  /** The epoch of the topic that is there now. */
  public ControlEpoch next(String topicIdNow) {
    return topicId.equals(topicIdNow) ? this : new ControlEpoch(topicIdNow, number + 1);
  }

  /** The newer one, with the greater number if it is of one topic. */
  public static ControlEpoch newest(ControlEpoch a, ControlEpoch b) {
    return a.number >= b.number ? a : b;
  }
}
