package io.plumbline.runtime.window;

import java.io.Serializable;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops what is of windows that began before the job did. A start without state that goes on in the
 * middle of a topic has only a part of their events, and what it made of them would replace what an
 * earlier run made of all. From when on windows are whole is state: a job that is restored goes by
 * the start that it goes back to.
 *
 * @param <T> a part of a window
 */
public final class WholeWindows<T> extends ProcessFunction<T, T> implements CheckpointedFunction {
  /** For a start from the first record of every topic. */
  public static final long ALL = Long.MIN_VALUE;

  private static final Logger LOG = LoggerFactory.getLogger(WholeWindows.class);

  private final Start<T> start;
  private final long ofLauncher;
  private transient long wholeFrom;
  private transient ListState<Long> state;
  private transient Counter dropped;

  /** When the window of a part begins, in epoch milliseconds. */
  @FunctionalInterface
  public interface Start<T> extends Serializable {
    long of(T part);
  }

  WholeWindows(Start<T> start, long ofLauncher) {
    this.start = start;
    this.ofLauncher = ofLauncher;
  }

  /**
   * The parts of whole windows.
   *
   * @param wholeFrom in epoch milliseconds, as the launcher found it: it counts where there is no
   *     state
   * @param name of the operator, and its uid
   */
  public static <T> SingleOutputStreamOperator<T> only(
      DataStream<T> parts, Start<T> start, long wholeFrom, String name) {
    return parts
        .process(new WholeWindows<>(start, wholeFrom))
        .returns(parts.getType())
        .name(name)
        .uid(name);
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    state =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>("whole-from", Types.LONG));
    // An operator that the earlier run did not have has nothing to replace.
    wholeFrom = context.isRestored() ? ALL : ofLauncher;
    for (Long one : state.get()) {
      wholeFrom = Math.max(wholeFrom, one);
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    state.clear();
    // All tasks know the same, and each is given what all have kept.
    if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
      state.add(wholeFrom);
    }
  }

  @Override
  public void open(OpenContext context) {
    dropped = getRuntimeContext().getMetricGroup().counter("parts_before_first_window");
    if (wholeFrom != ALL) {
      LOG.info("windows that begin before {} are dropped", Instant.ofEpochMilli(wholeFrom));
    }
  }

  @Override
  public void processElement(T part, Context context, Collector<T> out) {
    if (start.of(part) >= wholeFrom) {
      out.collect(part);
    } else {
      dropped.inc();
    }
  }
}
