package io.plumbline.drift.scan;

import io.plumbline.profile.SampledCells;
import java.io.IOException;

/**
 * A part of the profile of one feature in one segment on one side: what one row group (or a piece
 * of it) adds. Public and flat, so that Flink serialises it without reflection or Kryo.
 *
 * @param key the plan's number of feature and segment; negative for a part that only counts
 * @param rows rows that are read to the end with this part
 * @param bytes bytes of the file that are read with this part
 * @param summary the written summary
 * @param sample the cells of sampled rows ({@link io.plumbline.profile.SampledCells}), written; or
 *     nothing
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ProfilePart(int key, long rows, long bytes, byte[] summary, byte[] sample) {
  private static final byte[] NOTHING = {};

  private static final int ONLY_COUNTS = -1;

  static ProfilePart counts(long rows, long bytes) {
    return new ProfilePart(ONLY_COUNTS, rows, bytes, NOTHING, NOTHING);
  }

  /** A part that carries a summary. */
  public static ProfilePart of(int key, byte[] summary) {
    return new ProfilePart(key, 0, 0, summary, NOTHING);
  }

  /** The same part with the cells of sampled rows. */
  ProfilePart sampled(SampledCells cells) throws IOException {
    return new ProfilePart(key, rows, bytes, summary, cells.written());
  }

  /** Whether it carries a summary. */
  public boolean carriesSummary() {
    return key != ONLY_COUNTS;
  }
}
