package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Limits.Between;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From which value a metric is low, medium or high. A bound that is set replaces that metric's
 * default at that level, a feature's before the suite's; metrics without a default join the verdict
 * when one is set.
 */
public record Thresholds(
    Bounds psi,
    Bounds ksStatistic,
    Bounds wasserstein,
    Bounds jsDistance,
    Bounds mmd2,
    Significance ksPValue,
    Significance chi2PValue,
    Significance mmdPValue)
    implements Serializable {

  /** No bound at all. */
  static final Thresholds NONE =
      new Thresholds(
          Bounds.NONE, Bounds.NONE, Bounds.NONE, Bounds.NONE, Bounds.NONE, null, null, null);

  /** What holds where nothing is set. */
  public static final Thresholds DEFAULTS =
      new Thresholds(
          new Bounds(null, 0.1, 0.25),
          Bounds.NONE,
          Bounds.NONE,
          Bounds.NONE,
          Bounds.NONE,
          new Significance(0.01),
          new Significance(0.05),
          new Significance(0.01));

  /** A value above a bound has that severity; null: no bound at this level. */
  public record Bounds(
      @Between(least = 0) Double low,
      @Between(least = 0) Double medium,
      @Between(least = 0) Double high)
      implements Serializable {
    static final Bounds NONE = new Bounds(null, null, null);

    static Bounds over(Bounds set, Bounds base) {
      return set == null
          ? base
          : new Bounds(
              first(set.low, base.low), first(set.medium, base.medium), first(set.high, base.high));
    }

    boolean ascending() {
      double least = low == null ? 0 : low;
      double middle = medium == null ? least : medium;
      return least <= middle && (high == null || middle <= high);
    }
  }

  /** A p-value below the bound is low. */
  public record Significance(@Between(least = 0, above = true, greatest = 1) Double low)
      implements Serializable {

    static Significance over(Significance set, Significance base) {
      return set == null || set.low == null ? base : set;
    }
  }

  /** These bounds where they are set, else the base's. */
  public Thresholds over(Thresholds base) {
    return new Thresholds(
        Bounds.over(psi, base.psi),
        Bounds.over(ksStatistic, base.ksStatistic),
        Bounds.over(wasserstein, base.wasserstein),
        Bounds.over(jsDistance, base.jsDistance),
        Bounds.over(mmd2, base.mmd2),
        Significance.over(ksPValue, base.ksPValue),
        Significance.over(chi2PValue, base.chi2PValue),
        Significance.over(mmdPValue, base.mmdPValue));
  }

  /** The metrics whose bounds do not ascend from low to high. */
  List<String> notAscending() {
    Map<String, Bounds> all = new LinkedHashMap<>();
    all.put("psi", psi);
    all.put("ks_statistic", ksStatistic);
    all.put("wasserstein", wasserstein);
    all.put("js_distance", jsDistance);
    all.put("mmd2", mmd2);
    return all.entrySet().stream()
        .filter(metric -> !metric.getValue().ascending())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Double first(Double set, Double base) {
    return set == null ? base : set;
  }
}
