package io.plumbline.onlinemetrics;

import io.plumbline.runtime.control.ControlChange;
import io.plumbline.runtime.control.ControlEpoch;
import io.plumbline.runtime.control.ControlSnapshot;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A control topic on which nobody says anything. */
final class NoControl {
  static final ControlSnapshot SNAPSHOT =
      new ControlSnapshot(new ControlEpoch("", 0), List.of(), 0);

  private NoControl() {}

  static DataStream<ControlChange> changes(StreamExecutionEnvironment env) {
    return env.fromSequence(0, 0)
        .uid("no-control")
        .filter(number -> false)
        .uid("none-of-control")
        .map(number -> (ControlChange) null)
        .returns(TypeInformation.of(ControlChange.class))
        .uid("control");
  }
}
