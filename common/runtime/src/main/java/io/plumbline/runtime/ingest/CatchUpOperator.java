package io.plumbline.runtime.ingest;

import io.plumbline.runtime.ingest.EndOffsetsPoller.Answer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Emits whether all sources of a job have caught up: false when it begins, true once they have. A
 * single task without state, so that each start and each restore waits anew; its output holds no
 * event time back.
 */
final class CatchUpOperator extends AbstractStreamOperator<CatchUpState>
    implements OneInputStreamOperator<SourceProgress, CatchUpState> {
  private static final Logger LOG = LoggerFactory.getLogger(CatchUpOperator.class);
  private static final long PERIOD_MILLIS = 1000;
  private static final long LOG_MILLIS = 30_000;
  private static final int MOST_NAMED = 5;

  private final TreeMap<String, String> sources;
  private final EndOffsets.Factory ends;

  private transient CatchUp catchUp;
  private transient EndOffsetsPoller poller;
  private transient ScheduledFuture<?> nextTick;
  private transient long begun;
  private transient long logged;

  /** Read by the thread of the metrics. */
  private transient volatile boolean done;

  private transient volatile int unread;

  /**
   * @param sources by topic, as the broker knows it
   * @param ends of these topics
   */
  CatchUpOperator(Map<String, String> sources, EndOffsets.Factory ends) {
    this.sources = new TreeMap<>(sources);
    this.ends = ends;
  }

  @Override
  public void open() throws Exception {
    super.open();
    getMetricGroup().gauge("caught_up", () -> done ? 1 : 0);
    getMetricGroup().gauge("unread_partitions", () -> unread);
    output.emitWatermarkStatus(WatermarkStatus.IDLE);
    begun = now();
    logged = begun;
    catchUp = new CatchUp(sources);
    poller = new EndOffsetsPoller(ends, this::now);
    nextTick =
        getProcessingTimeService()
            .registerTimer(
                begun,
                at -> {
                  emit(false);
                  tick();
                });
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }

  private void emit(boolean caughtUp) {
    output.collect(new StreamRecord<>(new CatchUpState(caughtUp)));
  }

  private void tick() throws Exception {
    for (Answer answer = poller.take(); answer != null; answer = poller.take()) {
      catchUp.add(answer);
    }
    long now = now();
    List<TopicPartition> left = catchUp.unread(now);
    unread = left.size();
    if (catchUp.isDone(now)) {
      done = true;
      poller.stop();
      LOG.info("the sources have caught up after {} s", (now - begun) / 1000);
      emit(true);
      return;
    }
    if (now - logged >= LOG_MILLIS) {
      logged = now;
      logWaiting((now - begun) / 1000, left);
    }
    nextTick = getProcessingTimeService().registerTimer(now + PERIOD_MILLIS, at -> tick());
  }

  private void logWaiting(long seconds, List<TopicPartition> left) {
    if (left.isEmpty()) {
      LOG.warn(
          "the sources have not caught up after {} s: no news of all tasks and end offsets",
          seconds);
    } else {
      LOG.warn(
          "the sources have not caught up after {} s, silence is not judged: {} partitions are not"
              + " read, as {}",
          seconds,
          left.size(),
          left.stream().limit(MOST_NAMED).map(catchUp::describe).toList());
    }
  }

  @Override
  public void processElement(StreamRecord<SourceProgress> element) {
    if (!done) {
      catchUp.add(element.getValue());
    }
  }

  @Override
  public void processWatermark(Watermark mark) {
    // The output is idle.
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) {
    // The output is idle.
  }

  @Override
  public void close() throws Exception {
    if (nextTick != null) {
      nextTick.cancel(false);
    }
    if (poller != null) {
      poller.close();
    }
    super.close();
  }
}
