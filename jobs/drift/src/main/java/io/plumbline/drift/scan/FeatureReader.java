package io.plumbline.drift.scan;

import io.plumbline.drift.plan.InputFiles;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.plan.ScanPlan;
import java.io.Closeable;
import java.io.IOException;

/** Reads one side, a whole feature at a time. */
public abstract class FeatureReader implements Closeable {
  FeatureReader() {}

  /** Takes what is read of a feature. */
  public interface Taker {
    /** To which cells, or summaries of them, are added. */
    FeatureSummaries summaries();

    /** What is known exactly beside the summaries of a segment. */
    void known(int segment, KnownQuantiles known);

    /** That so much was read, of the feature's column and of what it was cut by. */
    void read(long rows, long bytes);
  }

  /** The reader of data, or of the profile that stands for it. */
  public static FeatureReader of(ScanPlan plan, InputFiles input) {
    return input.profile() == null
        ? new DataReader(plan, input)
        : new StoredFeatureReader(plan, input);
  }

  /**
   * Reads a feature in all rows and segments.
   *
   * @throws io.plumbline.runtime.input.BadInput if a file cannot be read
   */
  public abstract void read(PlannedFeature feature, Taker taker) throws IOException;
}
