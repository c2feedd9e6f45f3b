package io.plumbline.runtime.expectation;

import io.plumbline.stats.drift.TwoProportions;
import io.plumbline.stats.proportion.BinomialExcess;
import io.plumbline.stats.proportion.ExpectedShare;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;

/** The issues of a data quality check: what of a feature is not as expected, in words. */
public final class Issues {
  /** Below this chance, what could be chance is an issue. */
  private static final double ALPHA = 0.001;

  /** By so much the share of nulls must exceed training's: a large window proves any difference. */
  private static final double RELEVANT = 0.02;

  private Issues() {}

  /**
   * The issues of what a feature is said to be.
   *
   * @param versions that the values said they are of
   */
  public static List<String> ofIdentity(Expectation expected, SortedSet<String> versions) {
    List<String> issues = new ArrayList<>();
    if (!expected.registered()) {
      issues.add("feature not registered");
    }
    if (versions.size() > 1) {
      issues.add("versions at once: " + String.join(", ", versions));
    }
    return issues;
  }

  /**
   * The issues of the rows that were counted, of which there is at least one. Of a type, range or
   * categories it speaks for the rows alone that were held to these.
   */
  public static List<String> ofValues(CountsByBounds counts, Expectation expected) {
    FeatureCounts all = counts.all();
    FeatureCounts held = counts.heldTo(expected.bounds());
    String denominator = held.rows() < all.rows() ? " held to it" : "";
    List<String> issues = new ArrayList<>();
    nulls(all, expected, issues);
    types(held, expected, denominator, issues);
    notFinite(all, issues);
    range(held, expected, denominator, issues);
    categories(held, expected, denominator, issues);
    return issues;
  }

  private static void nulls(FeatureCounts counts, Expectation expected, List<String> issues) {
    double ratio = ratio(counts.missing(), counts.rows());
    double training = ratio(expected.trainingNulls(), expected.trainingRows());
    boolean trained = expected.trainingRows() > 0;
    Double threshold = expected.nullThreshold();
    if (threshold != null && ratio > threshold) {
      issues.add(
          "null rate %s, threshold %s%s (chance %s)"
              .formatted(
                  Quantities.number(ratio),
                  Quantities.exact(threshold),
                  trained ? ", training " + Quantities.number(training) : "",
                  Quantities.number(
                      BinomialExcess.pValue(counts.missing(), counts.rows(), threshold))));
    } else if (trained && ratio - training >= RELEVANT) {
      double chance =
          TwoProportions.pValue(
              expected.trainingNulls(), expected.trainingRows(), counts.missing(), counts.rows());
      if (chance < ALPHA) {
        issues.add(
            "null rate %s, training %s (chance %s)"
                .formatted(
                    Quantities.number(ratio),
                    Quantities.number(training),
                    Quantities.number(chance)));
      }
    }
  }

  private static void types(
      FeatureCounts counts, Expectation expected, String denominator, List<String> issues) {
    if (counts.wrongType() > 0) {
      issues.add(
          "wrong type %s, expected %s"
              .formatted(
                  share(counts.wrongType(), counts.rows(), denominator),
                  expected.type() == null
                      ? "a number, a text, a truth value or a list of numbers"
                      : expected.type().name().toLowerCase(Locale.ROOT)));
    }
  }

  private static void notFinite(FeatureCounts counts, List<String> issues) {
    if (counts.nans() > 0) {
      issues.add("NaN " + share(counts.nans(), counts.rows(), ""));
    }
    if (counts.infinities() > 0) {
      issues.add("infinite " + share(counts.infinities(), counts.rows(), ""));
    }
  }

  private static void range(
      FeatureCounts counts, Expectation expected, String denominator, List<String> issues) {
    if (expected.outOfRange().pValue(counts.outOfRange(), counts.numbers()) >= ALPHA) {
      return;
    }
    String source = expected.outOfRange().equals(ExpectedShare.NONE) ? "" : ", training";
    if (counts.below() > 0) {
      issues.add(
          "below %s%s: %s"
              .formatted(
                  Quantities.exact(expected.min()),
                  source,
                  share(counts.below(), counts.numbers(), denominator)));
    }
    if (counts.above() > 0) {
      issues.add(
          "above %s%s: %s"
              .formatted(
                  Quantities.exact(expected.max()),
                  source,
                  share(counts.above(), counts.numbers(), denominator)));
    }
  }

  private static void categories(
      FeatureCounts counts, Expectation expected, String denominator, List<String> issues) {
    if (expected.newCategories().pValue(counts.newCategories(), counts.categories()) < ALPHA) {
      issues.add(
          "new categories " + share(counts.newCategories(), counts.categories(), denominator));
    }
  }

  private static String share(long part, long whole, String denominator) {
    return "%s (%s of %s%s)"
        .formatted(Quantities.number(ratio(part, whole)), part, whole, denominator);
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
