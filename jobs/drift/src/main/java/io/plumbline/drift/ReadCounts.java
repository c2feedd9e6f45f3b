package io.plumbline.drift;

import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;

/** What has been read so far, for progress and for the finished job's page. */
final class ReadCounts {
  static final String ROWS = "rows read";
  static final String BYTES = "bytes read";

  private final LongCounter rows = new LongCounter();
  private final LongCounter bytes = new LongCounter();
  private final int features;

  ReadCounts(RuntimeContext context, int features) {
    this.features = features;
    context.addAccumulator(ROWS, rows);
    context.addAccumulator(BYTES, bytes);
  }

  /**
   * That a feature was read in so many rows. A row is counted in equal parts for all features, so
   * that it counts once in the end.
   */
  void read(int feature, long ofRows, long ofBytes) {
    rows.add(ofRows * (feature + 1) / features - ofRows * feature / features);
    bytes.add(ofBytes);
  }
}
