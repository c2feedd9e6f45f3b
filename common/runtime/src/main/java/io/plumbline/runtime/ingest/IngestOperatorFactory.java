package io.plumbline.runtime.ingest;

import io.plumbline.runtime.ingest.EmittedWatermark.TaskWatermark;
import io.plumbline.runtime.ingest.WatermarkExchange.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.runtime.execution.Environment;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.CoordinatedOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.SerializedValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the {@link IngestOperator} of each task, and the {@link WatermarkExchange} with which they
 * talk.
 *
 * @param <T> the event
 * @param <R> the form in which it goes on
 */
final class IngestOperatorFactory<T, R> extends AbstractStreamOperatorFactory<R>
    implements OneInputStreamOperatorFactory<Ingested<T>, R>, CoordinatedOperatorFactory<R> {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(IngestOperatorFactory.class);

  private final Disorder disorder;
  private final String source;
  private final Admission<T, R> admission;
  private final OutputTag<T> lateEvents;

  IngestOperatorFactory(
      Disorder disorder, String source, Admission<T, R> admission, OutputTag<T> lateEvents) {
    this.disorder = disorder;
    this.source = source;
    this.admission = admission;
    this.lateEvents = lateEvents;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as Flink declares it
  public <O extends StreamOperator<R>> O createStreamOperator(
      StreamOperatorParameters<R> parameters) {
    OperatorID id = parameters.getStreamConfig().getOperatorID();
    Environment task = parameters.getContainingTask().getEnvironment();
    IngestOperator<T, R> operator =
        new IngestOperator<>(
            parameters, disorder, source, admission, lateEvents, report -> send(report, task, id));
    parameters.getOperatorEventDispatcher().registerEventHandler(id, operator);
    return (O) operator;
  }

  /**
   * Sends a request and no event: one that does not arrive would fail the task. While a JobManager
   * is away the tasks of sources would end before those behind them, to which that would look as if
   * nothing came any more.
   */
  private static void send(TaskWatermark watermark, Environment task, OperatorID exchange) {
    TaskInfo info = task.getTaskInfo();
    Report report = new Report(info.getIndexOfThisSubtask(), info.getAttemptNumber(), watermark);
    try {
      var unused =
          task.getOperatorCoordinatorEventGateway()
              .sendRequestToCoordinator(exchange, new SerializedValue<>(report))
              .whenComplete(
                  (nothing, failure) -> {
                    if (failure != null) {
                      LOG.debug("a report has not arrived; the next one comes soon", failure);
                    }
                  });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public OperatorCoordinator.Provider getCoordinatorProvider(String name, OperatorID id) {
    return new WatermarkExchange.Provider(id);
  }

  @Override
  @SuppressWarnings("rawtypes") // as Flink declares it
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader loader) {
    return IngestOperator.class;
  }
}
