package io.plumbline.drift;

import io.plumbline.drift.scan.ProfilePart;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/** Counts what the source has read, for progress and for the finished job's page. */
final class CountRead extends RichFlatMapFunction<ProfilePart, ProfilePart> {
  private static final int ALL_AT_ONCE = 1;

  private transient ReadCounts counts;

  @Override
  public void open(OpenContext context) {
    counts = new ReadCounts(getRuntimeContext(), ALL_AT_ONCE);
  }

  @Override
  public void flatMap(ProfilePart part, Collector<ProfilePart> out) {
    // With the last feature of a row group its rows are told.
    counts.read(0, part.rows(), part.bytes());
    if (part.carriesSummary()) {
      out.collect(part);
    }
  }
}
