package io.plumbline.runtime.aggregate;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * Folds the events of a task before the only exchange of a job, so that what crosses it are partial
 * results and not events.
 *
 * <p>It has no state: all that it holds goes out before a checkpoint's barrier, a pane before the
 * watermark that closes it, and everything at the end of the input. So what is downstream of a
 * checkpoint holds all events before it, and each of them once.
 *
 * @param <E> the event
 * @param <P> the partial result
 */
public final class PartialAggregateOperator<E, P> extends AbstractStreamOperator<P>
    implements OneInputStreamOperator<E, P>, BoundedOneInput {
  private static final long NO_LIMIT = -1;

  private final PartialAggregate<E, P> aggregate;
  private final FoldMemory memory;
  private final long mostDelay;

  private transient long mostBytes;

  /** That what is held goes out soon; null: nothing is held that anybody waits for. */
  private transient ScheduledFuture<?> promise;

  private transient StreamRecord<P> record;
  private transient Counter folded;
  private transient Counter partials;

  private PartialAggregateOperator(
      PartialAggregate<E, P> aggregate, FoldMemory memory, long mostDelay) {
    this.aggregate = aggregate;
    this.memory = memory;
    this.mostDelay = mostDelay;
  }

  /**
   * Folds a stream whose events have timestamps.
   *
   * @param aggregate empty; each task gets a copy
   * @param memory that a task takes before it gives all away
   * @param name of the operator, and its uid
   */
  public static <E, P> SingleOutputStreamOperator<P> fold(
      DataStream<E> events,
      PartialAggregate<E, P> aggregate,
      FoldMemory memory,
      TypeInformation<P> type,
      String name) {
    return transformed(
        events, new PartialAggregateOperator<>(aggregate, memory, NO_LIMIT), type, name);
  }

  /**
   * The same, of a stream whose partial results somebody waits for.
   *
   * @param mostDelay by the machine's clock, that a task holds anything
   */
  public static <E, P> SingleOutputStreamOperator<P> foldPromptly(
      DataStream<E> events,
      PartialAggregate<E, P> aggregate,
      FoldMemory memory,
      Duration mostDelay,
      TypeInformation<P> type,
      String name) {
    return transformed(
        events,
        new PartialAggregateOperator<>(aggregate, memory, mostDelay.toMillis()),
        type,
        name);
  }

  private static <E, P> SingleOutputStreamOperator<P> transformed(
      DataStream<E> events,
      PartialAggregateOperator<E, P> operator,
      TypeInformation<P> type,
      String name) {
    return events.transform(name, type, operator).uid(name);
  }

  @Override
  public void open() throws Exception {
    super.open();
    mostBytes = memory.in(getRuntimeContext());
    aggregate.open(mostBytes);
    record = new StreamRecord<>(null);
    folded = getMetricGroup().counter("events_folded");
    partials = getMetricGroup().counter("partials");
  }

  @Override
  public void processElement(StreamRecord<E> element) {
    aggregate.add(element.getValue(), element.getTimestamp());
    folded.inc();
    if (aggregate.bytes() > mostBytes) {
      flush(Long.MAX_VALUE);
    } else if (mostDelay != NO_LIMIT && promise == null) {
      ProcessingTimeService timers = getProcessingTimeService();
      promise =
          timers.registerTimer(
              timers.getCurrentProcessingTime() + mostDelay,
              at -> {
                promise = null;
                flush(Long.MAX_VALUE);
              });
    }
  }

  @Override
  public void close() throws Exception {
    aggregate.close();
    super.close();
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    // The watermark T says that all until T has come: it closes the panes that end at T + 1.
    long end = mark.getTimestamp() == Long.MAX_VALUE ? Long.MAX_VALUE : mark.getTimestamp() + 1;
    flush(end);
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    aggregate.beforeCheckpoint();
    flush(Long.MAX_VALUE);
  }

  @Override
  public void endInput() {
    flush(Long.MAX_VALUE);
  }

  private void flush(long end) {
    if (aggregate.firstPaneEnd() <= end && aggregate.firstPaneEnd() != PartialAggregate.NOTHING) {
      aggregate.flush(
          end,
          partial -> {
            partials.inc();
            output.collect(record.replace(partial));
          });
    }
  }
}
