package io.plumbline.runtime.ingest;

import io.plumbline.events.DeadLetter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Takes events and dead letters apart, right after the source.
 *
 * @param <T> the event
 */
public final class SplitDeadLetters<T> extends ProcessFunction<Ingested<T>, T> {
  public static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters") {};

  private transient Counter deadLetters;

  @Override
  public void open(OpenContext context) {
    deadLetters = getRuntimeContext().getMetricGroup().counter("dead_letters");
  }

  @Override
  public void processElement(Ingested<T> record, Context context, Collector<T> out) {
    if (record.event() != null) {
      out.collect(record.event());
    } else {
      deadLetters.inc();
      context.output(DEAD_LETTERS, record.deadLetter());
    }
  }
}
