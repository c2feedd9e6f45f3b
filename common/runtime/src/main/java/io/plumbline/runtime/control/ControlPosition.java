package io.plumbline.runtime.control;

import java.io.Serializable;

/**
 * How far the control topic was read.
 *
 * @param next offset of the next record
 */
public record ControlPosition(ControlEpoch epoch, long next) implements Serializable {

  /** The same place if the newest epoch that is known is of the same topic, else its beginning. */
  public ControlPosition in(ControlEpoch known) {
    ControlEpoch newest = ControlEpoch.newest(epoch, known);
    return new ControlPosition(newest, newest.isSame(epoch) ? next : 0);
  }
}
