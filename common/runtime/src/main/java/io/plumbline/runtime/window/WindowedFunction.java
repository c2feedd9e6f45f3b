package io.plumbline.runtime.window;

import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;

/** A function that has {@link EventTimeWindows}: it keeps their horizon in its operator's state. */
public interface WindowedFunction extends CheckpointedFunction {
  /** The horizon of its windows: always the same one, which travels with the function. */
  WindowHorizon horizon();

  @Override
  default void initializeState(FunctionInitializationContext context) throws Exception {
    horizon().initialize(context);
  }

  @Override
  default void snapshotState(FunctionSnapshotContext context) throws Exception {
    horizon().snapshot();
  }
}
