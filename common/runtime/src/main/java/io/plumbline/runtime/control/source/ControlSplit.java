package io.plumbline.runtime.control.source;

import io.plumbline.runtime.control.ControlPosition;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * The only split.
 *
 * @param position where to go on
 */
record ControlSplit(ControlPosition position) implements SourceSplit {
  static final String ID = "control";

  @Override
  public String splitId() {
    return ID;
  }
}
