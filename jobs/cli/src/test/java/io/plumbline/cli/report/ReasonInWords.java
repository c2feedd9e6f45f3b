package io.plumbline.cli.report;

import io.plumbline.events.DriftResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The reason of the verdict, where both sides are in the middle, and which segments drifted. */
final class ReasonInWords implements Words {
  private static final int NAMED = 3;

  @Override
  public List<String> of(DriftResult whole, List<DriftResult> segments) {
    List<String> sentences = new ArrayList<>();
    if (whole.reason() != null) {
      sentences.add(whole.reason());
    }
    String middle = middle(whole);
    if (middle != null) {
      sentences.add(middle);
    }
    List<DriftResult> drifted = segments.stream().filter(DriftResult::driftDetected).toList();
    if (!drifted.isEmpty()) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "Drifted in %d of %d segments: %s%s.",
              drifted.size(),
              segments.size(),
              String.join(", ", drifted.stream().limit(NAMED).map(DriftResult::segment).toList()),
              drifted.size() > NAMED ? " and more" : ""));
    }
    return sentences;
  }

  private static String middle(DriftResult whole) {
    Double before = median(whole, true);
    Double now = median(whole, false);
    return before == null || now == null
        ? null
        : "The median went from %s to %s.".formatted(Figures.number(before), Figures.number(now));
  }

  private static Double median(DriftResult whole, boolean reference) {
    var profile = reference ? whole.referenceProfile() : whole.currentProfile();
    return profile == null || profile.quantiles() == null ? null : profile.quantiles().get("0.5");
  }
}
