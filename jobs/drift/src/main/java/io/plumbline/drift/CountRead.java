package io.plumbline.drift;

import io.plumbline.drift.scan.ProfilePart;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/** Counts what the source has read, for progress and for the finished job's page. */
final class CountRead extends RichFlatMapFunction<ProfilePart, ProfilePart> {
  static final String ROWS = "rows read";
  static final String BYTES = "bytes read";

  private final LongCounter rows = new LongCounter();
  private final LongCounter bytes = new LongCounter();

  @Override
  public void open(OpenContext context) {
    getRuntimeContext().addAccumulator(ROWS, rows);
    getRuntimeContext().addAccumulator(BYTES, bytes);
  }

  @Override
  public void flatMap(ProfilePart part, Collector<ProfilePart> out) {
    rows.add(part.rows());
    bytes.add(part.bytes());
    if (part.carriesSummary()) {
      out.collect(part);
    }
  }
}
