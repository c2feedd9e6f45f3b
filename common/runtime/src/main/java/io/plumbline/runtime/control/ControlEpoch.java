package io.plumbline.runtime.control;

import java.io.Serializable;

/**
 * A control topic from its creation until it is deleted, or until the broker loses its end. What
 * comes after that is another epoch: its offsets have been given before, and its content replaces
 * all that was said.
 *
 * @param topicId by which the broker tells the topic from others of its name
 * @param truncations how often the topic was found to end before what had been read of it
 * @param number greater than those of earlier epochs: when the launcher read the topic, in epoch
 *     milliseconds, and one more for each epoch since. Different launchers give one topic different
 *     numbers
 */
public record ControlEpoch(String topicId, int truncations, long number) implements Serializable {

  /** Of a topic that has lost nothing, as far as is known. */
  public ControlEpoch(String topicId, long number) {
    this(topicId, 0, number);
  }

  /** Whether both are of the same topic, so that their offsets can be compared. */
  public boolean isSame(ControlEpoch other) {
    return topicId.equals(other.topicId) && truncations == other.truncations;
  }

  /** Whether what is said here replaces what was said there. */
  public boolean replaces(ControlEpoch other) {
    return !isSame(other) && number > other.number;
  }

  /** The epoch of the topic that is there now. */
  public ControlEpoch next(String topicIdNow) {
    return topicId.equals(topicIdNow) ? this : new ControlEpoch(topicIdNow, number + 1);
  }

  /** The epoch that begins when the topic has lost its end. */
  ControlEpoch truncated() {
    return new ControlEpoch(topicId, truncations + 1, number + 1);
  }

  /** The newer one, with the greater number if it is of one topic. */
  public static ControlEpoch newest(ControlEpoch a, ControlEpoch b) {
    return a.number >= b.number ? a : b;
  }
}
