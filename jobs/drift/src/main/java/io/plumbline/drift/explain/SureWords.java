package io.plumbline.drift.explain;

import io.plumbline.drift.verdict.Severity;
import io.plumbline.events.DriftResult;
import io.plumbline.runtime.config.DriftConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says whether noise alone could do it at this size, and how exact the figures are. */
final class SureWords {
  private final DriftResult result;
  private final DriftConfig rules;
  private final List<String> words = new ArrayList<>();

  private SureWords(DriftResult result, DriftConfig rules) {
    this.result = result;
    this.rules = rules;
  }

  static List<String> of(
      DriftResult result, Comparability comparable, Parts mass, DriftConfig rules) {
    SureWords words = new SureWords(result, rules);
    switch (comparable) {
      case NO_COLUMN, OTHER_TYPE, EMPTY_SIDE -> {}
      case TOO_FEW -> {
        words.tooFew();
        words.bounds();
      }
      case ENOUGH -> {
        words.notExactEnough();
        words.noise();
        words.usualPsi(mass);
        words.tests();
        words.bounds();
      }
    }
    return words.words;
  }

  private String sizes() {
    return "%s usable values in the reference and %s in the current data"
        .formatted(
            Numbers.count(Comparability.referenceUsable(result)),
            Numbers.count(Comparability.currentUsable(result)));
  }

  private void tooFew() {
    words.add(
        "Too few to say: %s, where a verdict needs %s on both sides."
            .formatted(sizes(), Numbers.count(rules.minRows())));
  }

  private boolean insufficient() {
    return Severity.of(result.severity()) == Severity.INSUFFICIENT;
  }

  private void notExactEnough() {
    if (insufficient()) {
      words.add(
          "No verdict on the distribution: its figures may lie on either side of a threshold."
              + " Without --approximate, and with a profile only if it was taken with --exact,"
              + " they are exact.");
    }
  }

  private void noise() {
    if (result.psiPValue() == null) {
      return;
    }
    double p = result.psiPValue();
    Double newCategories = newCategories();
    boolean byNewCategories = newCategories != null && newCategories < rules.noiseAlpha();
    String chance =
        "with %s, chance alone makes differences of this size in %s (%s)"
            .formatted(sizes(), Numbers.chance(p), Numbers.pValue(p));
    if (newCategories != null) {
      chance +=
          ", and a new category as frequent as here in %s (%s)"
              .formatted(Numbers.chance(newCategories), Numbers.pValue(newCategories));
    }
    if (rules.noiseAlpha() >= 1) {
      words.add(capitalised(chance) + "; the noise guard is off, so the PSI counts either way.");
    } else if (!byNewCategories && open(p)) {
      words.add(
          "Whether noise alone could do it is open: psi_p_value may lie on either side of"
              + " noise_alpha (%s).".formatted(Numbers.number(rules.noiseAlpha())));
    } else if (p < rules.noiseAlpha() || byNewCategories) {
      words.add(
          capitalised(chance)
              + ", so noise does not explain them (noise_alpha %s)."
                  .formatted(Numbers.number(rules.noiseAlpha())));
      if (!insufficient() && Severity.of(result.severity()).compareTo(Severity.LOW) <= 0) {
        words.add("The change is certain, but small: with so many values any difference shows.");
      }
    } else {
      words.add(
          "Noise alone could do it: %s, so the PSI does not count (noise_alpha %s)."
              .formatted(chance, Numbers.number(rules.noiseAlpha())));
    }
  }

  /** The p-value of new categories; null where there are none. */
  private Double newCategories() {
    Double ratio = result.newCategoryRatio();
    return ratio != null && ratio > 0 ? result.newCategoryPValue() : null;
  }

  /** Whether the bound of the PSI's p-value reaches across the guard's threshold. */
  private boolean open(double p) {
    double bound = result.bounds().getOrDefault("psi_p_value", 0.0);
    return p - bound < rules.noiseAlpha() && p + bound >= rules.noiseAlpha() && bound > 0;
  }

  private static String capitalised(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  /** Without drift the PSI is about (1/n + 1/m) times chi-squared with B - 1 degrees of freedom. */
  private void usualPsi(Parts mass) {
    boolean countable = mass.terms().stream().allMatch(term -> term.bins() == 1);
    long bins = mass.terms().size() - mass.parts().stream().filter(Part::empty).count();
    if (!countable || bins < 2) {
      return;
    }
    double usual =
        (1.0 / Comparability.referenceUsable(result) + 1.0 / Comparability.currentUsable(result))
            * (bins - 1);
    words.add(
        "Without any drift a PSI of about %s would be usual at this size."
            .formatted(Numbers.number(usual)));
  }

  private void tests() {
    List<String> tests = new ArrayList<>();
    addTest(tests, "Kolmogorov-Smirnov", result.ksPValue());
    addTest(tests, "chi-squared", result.chi2PValue());
    addTest(tests, "maximum mean discrepancy", result.mmdPValue());
    if (!tests.isEmpty()) {
      words.add(
          "Tests of whether the two sides are the same: %s.".formatted(String.join("; ", tests)));
    }
    if (result.mmdPValue() != null) {
      words.add(
          "The discrepancy is of at most 500 rows a side: with sides drawn at random it is as large"
              + " in %s, and p cannot be below 0.001."
                  .formatted(Numbers.chance(result.mmdPValue())));
    }
    if (result.qValue() != null) {
      words.add(
          "Corrected for the number of tests in this run: q %s."
              .formatted(Numbers.number(result.qValue())));
    }
  }

  private static void addTest(List<String> tests, String name, Double p) {
    if (p != null) {
      tests.add(name + " " + Numbers.pValue(p));
    }
  }

  private void bounds() {
    if (result.bounds() == null || result.bounds().isEmpty()) {
      return;
    }
    List<String> bounds = new ArrayList<>();
    for (Map.Entry<String, Double> bound : result.bounds().entrySet()) {
      // A p-value with this bound may be on either side of any other.
      boolean anything = bound.getKey().endsWith("p_value") && bound.getValue() >= 0.5;
      bounds.add(
          anything
              ? bound.getKey() + " may be anything"
              : "%s by at most %s".formatted(bound.getKey(), Numbers.number(bound.getValue())));
    }
    words.add(
        "More distinct values than fit in memory, so these figures may be off: %s."
            .formatted(String.join(", ", bounds)));
  }
}
