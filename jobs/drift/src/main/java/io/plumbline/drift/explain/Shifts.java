package io.plumbline.drift.explain;

import io.plumbline.events.DriftResult;
import io.plumbline.events.ProfileSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How median and tails moved. */
final class Shifts {
  static final String MEDIAN = "0.5";
  private static final List<String> TOLD = List.of(MEDIAN, "0.01", "0.05", "0.95", "0.99");

  private Shifts() {}

  static List<Shift> of(DriftResult result) {
    if (result.referenceProfile() == null || result.currentProfile() == null) {
      return List.of();
    }
    Map<String, Double> before = quantiles(result.referenceProfile());
    Map<String, Double> after = quantiles(result.currentProfile());
    Double deviation = result.referenceProfile().stddev();
    List<Shift> shifts = new ArrayList<>();
    for (String quantile : TOLD) {
      Double was = before.get(quantile);
      Double is = after.get(quantile);
      if (was != null && is != null) {
        boolean spread = deviation != null && deviation > 0;
        shifts.add(new Shift(quantile, was, is, spread ? (Double) ((is - was) / deviation) : null));
      }
    }
    return List.copyOf(shifts);
  }

  private static Map<String, Double> quantiles(ProfileSummary profile) {
    return profile.quantiles() == null ? Map.of() : profile.quantiles();
  }
}
