package io.plumbline.runtime.ingest;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;

/**
 * Knows, in the JobManager, which tasks of a source are idle, and tells them when all are: only
 * then may a task's event time go on by the clock, since it would hold back those that have events.
 *
 * <p>It keeps nothing over a restore: tasks begin active and report anew. Flink calls it in one
 * thread, and fails a task to which an event could not be delivered.
 */
final class SourceIdleness implements OperatorCoordinator {
  private final Context context;
  private final Map<Integer, SubtaskGateway> tasks = new HashMap<>();

  /** By task; those of which nothing is known are active. */
  private final Map<Integer, TaskStatus> idle = new HashMap<>();

  private boolean allIdle;

  SourceIdleness(Context context) {
    this.context = context;
  }

  /**
   * A task's report, when its part of the source becomes idle or active.
   *
   * @param watermark it has emitted, in epoch milliseconds
   */
  record TaskStatus(boolean idle, long watermark) implements OperatorEvent {}

  /**
   * The answer to each report of an idle task, and the news for all tasks when it changes.
   *
   * @param idle whether all tasks are
   * @param watermark the greatest that any of them has emitted, in epoch milliseconds
   */
  record SourceStatus(boolean idle, long watermark) implements OperatorEvent {}

  /** Makes the coordinator of an operator. */
  record Provider(OperatorID operator) implements OperatorCoordinator.Provider {
    @Override
    public OperatorID getOperatorId() {
      return operator;
    }

    @Override
    public OperatorCoordinator create(Context context) {
      return new SourceIdleness(context);
    }
  }

  @Override
  public void handleEventFromOperator(int task, int attempt, OperatorEvent event) {
    TaskStatus status = (TaskStatus) event;
    if (status.idle()) {
      idle.put(task, status);
    } else {
      idle.remove(task);
    }
    if (!update() && status.idle()) {
      send(task);
    }
  }

  /** Tells all tasks if the status of the source has changed, and whether it has. */
  private boolean update() {
    boolean before = allIdle;
    allIdle = idle.size() == context.currentParallelism();
    if (allIdle != before) {
      tasks.keySet().forEach(this::send);
    }
    return allIdle != before;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Flink itself fails the task if it fails
  private void send(int task) {
    SubtaskGateway gateway = tasks.get(task);
    if (gateway != null) {
      long watermark =
          idle.values().stream().mapToLong(TaskStatus::watermark).max().orElse(Disorder.NEVER);
      gateway.sendEvent(new SourceStatus(allIdle, watermark));
    }
  }

  @Override
  public void executionAttemptReady(int task, int attempt, SubtaskGateway gateway) {
    tasks.put(task, gateway);
    if (idle.containsKey(task)) {
      send(task);
    }
  }

  @Override
  public void executionAttemptFailed(int task, int attempt, Throwable reason) {
    forget(task);
  }

  @Override
  public void subtaskReset(int task, long checkpointId) {
    forget(task);
  }

  private void forget(int task) {
    tasks.remove(task);
    idle.remove(task);
    update();
  }

  @Override
  public void resetToCheckpoint(long checkpointId, byte[] state) {
    tasks.clear();
    idle.clear();
    allIdle = false;
  }

  @Override
  public void checkpointCoordinator(long checkpointId, CompletableFuture<byte[]> state) {
    state.complete(new byte[0]);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    // There is nothing to commit.
  }

  @Override
  public void start() {
    // It waits for reports.
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
