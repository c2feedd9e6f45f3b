package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Limits.Between;
import io.plumbline.runtime.config.binding.Limits.Default;
import io.plumbline.runtime.config.binding.Limits.Positive;
import java.io.Serializable;
import java.time.Duration;

/** The section {@code patterns}: which alerts together mean more than each alone. */
public record PatternsConfig(
    @Default("{}") UpstreamOutage upstreamOutage,
    @Default("{}") MeaningfulDrift meaningfulDrift,
    @Default("{}") Sustained sustained,
    @Default("{}") Flapping flapping,
    @Default("{}") NoResponse noResponse,
    @Default("{}") Layered layered)
    implements Serializable {

  /** So many features of one node that go stale together. */
  public record UpstreamOutage(
      @Default("3") @Between(least = 2) int features, @Default("15m") @Positive Duration within)
      implements Serializable {}

  /** Drift and a fall of the model's performance. */
  public record MeaningfulDrift(@Default("24h") @Positive Duration within)
      implements Serializable {}

  /** A breach in so many windows one after the other. */
  public record Sustained(@Default("3") @Between(least = 2) int windows) implements Serializable {}

  /** An alert that comes and goes. */
  public record Flapping(
      @Default("4") @Between(least = 2) int times, @Default("1h") @Positive Duration within)
      implements Serializable {}

  /**
   * An incident that nobody takes.
   *
   * @param severity the least grave that is escalated
   * @param escalateTo a receiver; null: that of the incident's route
   */
  public record NoResponse(
      @Default("30m") @Positive Duration after, @Default("P1") Priority severity, String escalateTo)
      implements Serializable {}

  /** Symptoms in several layers. */
  public record Layered(@Default("2h") @Positive Duration within) implements Serializable {}
}
