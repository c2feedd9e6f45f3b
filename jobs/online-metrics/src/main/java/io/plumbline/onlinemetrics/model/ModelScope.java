package io.plumbline.onlinemetrics.model;

import io.plumbline.runtime.result.PointScope;
import io.plumbline.runtime.window.Window;

/** The scope of all points of this job: each is of a model. */
public final class ModelScope {
  /** The job's name in series and tables. */
  public static final String JOB = "online-metrics";

  private static final String LAYER = "model";

  private ModelScope() {}

  /**
   * The scope of one window's points.
   *
   * @param model empty: of no model
   * @param version empty: of all versions
   * @param segment empty: of all traffic
   */
  public static PointScope of(String model, String version, String segment, Window window) {
    return new PointScope(
        JOB, LAYER, model, version, segment, window.startTime(), window.endTime());
  }
}
