package io.plumbline.runtime.control.source;

import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.control.ControlConsumer;
import io.plumbline.runtime.control.ControlEpoch;
import io.plumbline.runtime.control.ControlPosition;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads in the fetcher's thread. While there is no topic, or no broker, it waits. */
final class ControlSplitReader implements SplitReader<ControlConsumer.Read, ControlSplit> {
  private static final Logger LOG = LoggerFactory.getLogger(ControlSplitReader.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final KafkaConfig kafka;
  private final ControlEpoch initial;
  private volatile ControlConsumer consumer;

  /**
   * @param initial that of the launcher's snapshot, which may be newer than the state
   */
  ControlSplitReader(KafkaConfig kafka, ControlEpoch initial) {
    this.kafka = kafka;
    this.initial = initial;
  }

  @Override
  public void handleSplitsChanges(SplitsChange<ControlSplit> change) {
    for (ControlSplit split : change.splits()) {
      consumer = new ControlConsumer(kafka, split.position().in(initial));
    }
  }

  @Override
  public RecordsWithSplitIds<ControlConsumer.Read> fetch() throws IOException {
    var records = new RecordsBySplits.Builder<ControlConsumer.Read>();
    try {
      consumer.poll(POLL).forEach(read -> records.add(ControlSplit.ID, read));
    } catch (RetriableException e) {
      LOG.warn("control cannot be read, and is tried again: {}", e.getMessage());
      pause();
      ControlPosition position = consumer.position();
      consumer.close();
      consumer = new ControlConsumer(kafka, position);
    }
    return records.build();
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(RETRY.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while control cannot be read");
    }
  }

  @Override
  public void wakeUp() {
    ControlConsumer polling = consumer;
    if (polling != null) {
      polling.wakeup();
    }
  }

  @Override
  public void close() {
    if (consumer != null) {
      consumer.close();
    }
  }
}
