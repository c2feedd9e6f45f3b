package io.plumbline.runtime.ingest;

import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEventDispatcher;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.CoordinatedOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.util.OutputTag;

/**
 * Makes the {@link IngestOperator} of each task, and the {@link WatermarkExchange} with which they
 * talk.
 *
 * @param <T> the event
 */
final class IngestOperatorFactory<T> extends AbstractStreamOperatorFactory<T>
    implements OneInputStreamOperatorFactory<Ingested<T>, T>, CoordinatedOperatorFactory<T> {
  private static final long serialVersionUID = 1;

  private final Disorder disorder;
  private final String source;
  private final OutputTag<T> lateEvents;

  IngestOperatorFactory(Disorder disorder, String source, OutputTag<T> lateEvents) {
    this.disorder = disorder;
    this.source = source;
    this.lateEvents = lateEvents;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as Flink declares it
  public <O extends StreamOperator<T>> O createStreamOperator(
      StreamOperatorParameters<T> parameters) {
    OperatorID id = parameters.getStreamConfig().getOperatorID();
    OperatorEventDispatcher events = parameters.getOperatorEventDispatcher();
    IngestOperator<T> operator =
        new IngestOperator<>(
            parameters, disorder, source, lateEvents, events.getOperatorEventGateway(id));
    events.registerEventHandler(id, operator);
    return (O) operator;
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
