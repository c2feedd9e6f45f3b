package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Limits.Alone;
import io.plumbline.runtime.config.binding.Limits.Between;
import io.plumbline.runtime.config.binding.Limits.Default;
import io.plumbline.runtime.config.binding.Limits.KeyName;
import io.plumbline.runtime.config.binding.Limits.Keys;
import io.plumbline.runtime.config.binding.Limits.NotEmpty;
import io.plumbline.runtime.config.binding.Limits.Positive;
import io.plumbline.runtime.config.binding.Limits.Required;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One entry of {@code monitors}: a rule that watches series.
 *
 * @param enabled false switches off a built-in one of this name
 * @param select parts of the series, with {@code *} for any text
 * @param above priority to the value above which it fires
 * @param below priority to the value below which it fires
 * @param outside priority to the least and the greatest value between which it does not fire
 * @param lasting how long the condition must hold
 * @param minCount rows behind a value below which it is not judged
 * @param absent how long a series may be silent
 * @param severity of what has no priority of its own
 */
public record MonitorConfig(
    @Required String name,
    @Default("true") boolean enabled,
    @NotEmpty
        @Keys({
          "metric",
          "job",
          "model",
          "model_version",
          "feature",
          "segment",
          "window",
          "layer",
          "quantile",
          "kind",
          "role",
          "against",
          "reference",
          "class",
          "average"
        })
        Map<String, String> select,
    @Keys({"P0", "P1", "P2", "P3"}) Map<String, Double> above,
    @Keys({"P0", "P1", "P2", "P3"}) Map<String, Double> below,
    @Keys({"P0", "P1", "P2", "P3"}) Map<String, List<Double>> outside,
    @KeyName("for") Duration lasting,
    Duration resolveAfter,
    @Between(least = 0) Long minCount,
    Dynamic dynamic,
    @Positive Duration absent,
    Priority severity,
    Layer layer)
    implements Serializable {

  /** Where a metric belongs. */
  public enum Layer {
    INFRASTRUCTURE,
    SERVICE,
    MODEL,
    DATA,
    BUSINESS
  }

  /** How a moving threshold is found. */
  public enum Method {
    MOVING,
    EWMA,
    CUSUM
  }

  /** Which side is a breach. */
  public enum Direction {
    UP,
    DOWN,
    BOTH
  }

  /** Whether a chart heeds that a value depends on the one before. */
  public enum Autocorrelation {
    AUTO,
    OFF
  }

  /** What a baseline is kept apart by. */
  public enum Season {
    HOUR_OF_DAY,
    DAY_OF_WEEK
  }

  /**
   * A threshold that follows the series.
   *
   * @param falseAlarmEvery how often, for each series, it may fire without cause
   * @param lambda weight of the newest value of an EWMA chart
   * @param limit its width, in standard deviations
   * @param slack of a CUSUM chart, k
   * @param decision interval of a CUSUM chart, h
   * @param window values that a moving mean looks at
   * @param sigma deviations from it that are a breach
   * @param baseline what mean and deviation of the charts are taken of
   * @param autocorrelation whether charts run on residuals where values follow one another
   * @param minCoverage share of the median final coverage from which a point is judged
   * @param season not built yet, so refused
   */
  public record Dynamic(
      @Default("[ewma, cusum]") List<Method> method,
      @Default("both") Direction direction,
      @Default("365d") @Positive Duration falseAlarmEvery,
      @Between(least = 0, above = true, greatest = 1) Double lambda,
      @KeyName("L") @Between(least = 0, above = true) Double limit,
      @KeyName("k") @Between(least = 0) Double slack,
      @KeyName("h") @Between(least = 0, above = true) Double decision,
      @Default("1000") @Between(least = 30) int window,
      @Default("3") @Between(least = 0, above = true) double sigma,
      @Default("100") Baseline baseline,
      @Default("auto") Autocorrelation autocorrelation,
      @Default("0.8") @Between(least = 0, greatest = 1) double minCoverage,
      List<Season> season)
      implements Serializable {}

  /**
   * The first points of a series, or those of a stated period: either {@code points}, or {@code
   * from} and {@code to}.
   *
   * @param from the first instant of it
   * @param to the first instant after it
   */
  public record Baseline(@Alone @Between(least = 30) Integer points, Instant from, Instant to)
      implements Serializable {}
}
