package io.plumbline.drift.snapshot;

import io.plumbline.drift.scan.ProfilePart;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The graph of a snapshot: the parts of all features, put together one by one and written. */
public final class SnapshotPipeline {
  private SnapshotPipeline() {}

  /**
   * @param exactValues distinct values up to which a distribution is exact while it is put together
   */
  public static DataStream<WrittenProfile> build(
      DataStream<ProfilePart> parts, SnapshotPlan plan, int exactValues) {
    return parts
        .keyBy(SnapshotPipeline::sortedKey)
        .transform(
            "write profile",
            TypeInformation.of(WrittenProfile.class),
            new WriteProfile(plan, exactValues))
        .uid("write-profile")
        .setParallelism(1);
  }

  /**
   * A key of the same order, whatever bytes are for who sorts: Flink compares those of serialized
   * keys as signed, by which 128 comes before 127. So each has seven bits.
   */
  static long sortedKey(ProfilePart part) {
    long sorted = 0;
    for (int shift = 28; shift >= 0; shift -= 7) {
      sorted = sorted << Byte.SIZE | (part.key() >>> shift & 0x7F);
    }
    return sorted;
  }
}
