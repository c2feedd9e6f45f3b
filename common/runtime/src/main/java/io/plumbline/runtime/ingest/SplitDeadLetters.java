package io.plumbline.runtime.ingest;

import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Takes events and dead letters apart where event time plays no part.
 *
 * @param <T> the event
 */
final class SplitDeadLetters<T> extends ProcessFunction<Ingested<T>, T> {
  private transient Counter deadLetters;

  @Override
  public void open(OpenContext context) {
    deadLetters = getRuntimeContext().getMetricGroup().counter("dead_letters");
  }

  @Override
  public void processElement(Ingested<T> record, Context context, Collector<T> out) {
    if (record.refusal() == null) {
      out.collect(record.event());
    } else {
      deadLetters.inc();
      Instant now = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
      context.output(Ingest.DEAD_LETTERS, record.deadLetter(record.refusal(), now));
    }
  }
}
