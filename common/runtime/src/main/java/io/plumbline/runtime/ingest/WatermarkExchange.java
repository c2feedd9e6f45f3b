package io.plumbline.runtime.ingest;

import io.plumbline.runtime.ingest.EmittedWatermark.TaskWatermark;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.CoordinationRequestHandler;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;

/**
 * Knows, in the JobManager, how far the tasks of a source have come, and tells those that are idle
 * where the source stands: they hold nothing back, and what they read next is late by the others.
 *
 * <p>It keeps nothing over a restore: tasks report anew. Flink calls it in one thread, and fails a
 * task to which an event could not be delivered.
 */
final class WatermarkExchange implements OperatorCoordinator, CoordinationRequestHandler {
  private static final int NONE = -1;

  private final Context context;
  private final Map<Integer, SubtaskGateway> tasks = new HashMap<>();
  private final Map<Integer, TaskWatermark> reports = new HashMap<>();

  /** By task, its last attempt that has ended: what was on its way then counts no more. */
  private final Map<Integer, Integer> ended = new HashMap<>();

  WatermarkExchange(Context context) {
    this.context = context;
  }

  /**
   * The answer to the report of an idle task that is behind.
   *
   * @param watermark of all tasks together, in epoch milliseconds
   */
  record SourceWatermark(long watermark) implements OperatorEvent {}

  /** Makes the coordinator of an operator. */
  record Provider(OperatorID operator) implements OperatorCoordinator.Provider {
    @Override
    public OperatorID getOperatorId() {
      return operator;
    }

    @Override
    public OperatorCoordinator create(Context context) {
      return new WatermarkExchange(context);
    }
  }

  /** How far a task has come, as one of its attempts says. */
  record Report(int task, int attempt, TaskWatermark watermark) implements CoordinationRequest {}

  @Override
  public CompletableFuture<CoordinationResponse> handleCoordinationRequest(
      CoordinationRequest request) {
    Report report = (Report) request;
    if (report.attempt() > ended.getOrDefault(report.task(), NONE)) {
      take(report.task(), report.watermark());
    }
    return CompletableFuture.completedFuture(null);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Flink itself fails the task if it fails
  private void take(int task, TaskWatermark report) {
    reports.put(task, report);
    SubtaskGateway gateway = tasks.get(task);
    if (!report.idle() || gateway == null || reports.size() < context.currentParallelism()) {
      return;
    }
    long source = TaskWatermark.common(reports.values());
    if (source > report.watermark()) {
      gateway.sendEvent(new SourceWatermark(source));
    }
  }

  @Override
  public void handleEventFromOperator(int task, int attempt, OperatorEvent event) {
    throw new IllegalStateException("tasks send requests, and no " + event);
  }

  @Override
  public void executionAttemptReady(int task, int attempt, SubtaskGateway gateway) {
    tasks.put(task, gateway);
  }

  @Override
  public void executionAttemptFailed(int task, int attempt, Throwable reason) {
    ended.merge(task, attempt, Math::max);
    forget(task);
  }

  @Override
  public void subtaskReset(int task, long checkpointId) {
    forget(task);
  }

  private void forget(int task) {
    tasks.remove(task);
    reports.remove(task);
  }

  @Override
  public void resetToCheckpoint(long checkpointId, byte[] state) {
    tasks.clear();
    reports.clear();
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
