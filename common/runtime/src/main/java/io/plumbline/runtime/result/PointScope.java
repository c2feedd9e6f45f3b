package io.plumbline.runtime.result;

import java.time.Instant;

/**
 * What all points that are made at once have in common. What does not apply is empty.
 *
 * @param job the job's name in series and tables
 * @param layer infrastructure, service, model, data or business
 * @param windowStart first instant of the window, {@code windowEnd} the first after it
 */
public record PointScope(
    String job,
    String layer,
    String model,
    String modelVersion,
    String segment,
    Instant windowStart,
    Instant windowEnd) {

  /** The scope of what is of no model and of no segment. */
  public static PointScope of(String job, String layer, Instant windowStart, Instant windowEnd) {
    return new PointScope(job, layer, "", "", "", windowStart, windowEnd);
  }

  /** The scope of what is of a model, whatever its versions, in all of its traffic. */
  public static PointScope ofModel(
      String job, String model, Instant windowStart, Instant windowEnd) {
    return new PointScope(job, "model", model, "", "", windowStart, windowEnd);
  }
}
