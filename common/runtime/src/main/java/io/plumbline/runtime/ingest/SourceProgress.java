package io.plumbline.runtime.ingest;

import java.util.List;

/**
 * How far a source's task has read. Public and flat, so that Flink serialises it without Kryo.
 *
 * @param source which of the job's sources
 * @param task its number, {@code tasks} of which there are
 * @param activeMillis for how long it has been ready to take records
 * @param positions in the partitions from which it has read since it began
 */
public record SourceProgress(
    String source, int task, int tasks, long activeMillis, List<ReadPosition> positions) {
  /**
   * How far one partition has been read.
   *
   * @param topic as the broker knows it
   * @param nextOffset after the last record that was read
   * @param silentMillis for how long it has given no record to a task that was ready to take one
   */
  public record ReadPosition(String topic, int partition, long nextOffset, long silentMillis) {}
}
