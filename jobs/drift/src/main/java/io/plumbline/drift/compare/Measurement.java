package io.plumbline.drift.compare;

import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.events.BinCount;
import io.plumbline.events.CategoryCount;
import io.plumbline.events.DriftResult;
import io.plumbline.events.ProfileSummary;
import io.plumbline.events.Series;
import io.plumbline.stats.drift.TwoProportions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gathers what is measured of one feature in one segment into a result. */
final class Measurement {
  private static final Duration DAY = Duration.ofDays(1);

  private final DriftPlan plan;
  private final PlannedFeature feature;
  private final String segment;
  private final Map<String, Double> bounds = new TreeMap<>();
  private Cells reference = new Cells(0, 0, 0);
  private Cells current = new Cells(0, 0, 0);

  Double psi;
  Double psiPValue;
  Double ksStatistic;
  Double ksPValue;
  Double wasserstein;
  Double jsDistance;
  Double chi2Statistic;
  Double chi2PValue;
  Double mmd2;
  Double mmdPValue;
  Double newCategoryRatio;
  Double newCategoryPValue;
  ProfileSummary referenceProfile;
  ProfileSummary currentProfile;
  List<BinCount> bins;
  List<CategoryCount> categories;
  boolean chi2Sparse;
  Double goodnessOfFitPValue;
  String leftOut;
  String typeChange;

  /** Rows of one side: all, those null or NaN, those infinite. */
  record Cells(long rows, long nulls, long infinities) {
    long usable() {
      return rows - missing();
    }

    /** The same with no usable one. */
    Cells unusable() {
      return new Cells(rows, rows, 0);
    }

    long missing() {
      return nulls + infinities;
    }
  }

  Measurement(DriftPlan plan, int key) {
    this.plan = plan;
    feature = plan.scan().feature(key);
    segment = plan.segments().text(plan.scan().segment(key));
  }

  void cells(Cells ofReference, Cells ofCurrent) {
    reference = ofReference;
    current = ofCurrent;
  }

  /** Notes the greatest error of a metric, unless it is exact. */
  void bound(String metric, double bound) {
    if (bound > 0) {
      bounds.put(metric, bound);
    }
  }

  /** Null for what is not a finite number: it stands for no value everywhere. */
  static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  Comparison comparison(int key) {
    return new Comparison(
        key,
        leftOut,
        typeChange,
        reference.usable(),
        current.usable(),
        chi2Sparse,
        goodnessOfFitPValue,
        result());
  }

  private DriftResult result() {
    Double difference = null;
    Double missingPValue = null;
    if (reference.rows > 0 && current.rows > 0) {
      difference =
          (double) current.missing() / current.rows - (double) reference.missing() / reference.rows;
      missingPValue =
          TwoProportions.pValue(
              reference.missing(), reference.rows, current.missing(), current.rows);
    }
    Instant start = plan.date().atStartOfDay(ZoneOffset.UTC).toInstant();
    return new DriftResult(
        series().text(),
        feature.name(),
        feature.kind().text(),
        feature.role(),
        feature.driftType(),
        feature.importance(),
        segment,
        reference.rows,
        current.rows,
        reference.nulls,
        current.nulls,
        reference.infinities,
        current.infinities,
        psi,
        psiPValue,
        ksStatistic,
        ksPValue,
        wasserstein,
        jsDistance,
        chi2Statistic,
        chi2PValue,
        mmd2,
        mmdPValue,
        null,
        difference,
        missingPValue,
        null,
        null,
        null,
        null,
        null,
        newCategoryRatio,
        newCategoryPValue,
        bounds,
        referenceProfile,
        currentProfile,
        bins,
        categories,
        start,
        start.plus(DAY),
        DriftPlan.JOB,
        plan.model(),
        plan.modelVersion(),
        plan.referenceName(),
        plan.reference().uri(),
        plan.reference().checksum(),
        false,
        null);
  }

  /** Of all metrics at once. */
  private Series series() {
    return new Series(
        "",
        DriftPlan.JOB,
        plan.model(),
        plan.modelVersion(),
        feature.name(),
        segment,
        DAY,
        Map.of("reference", plan.referenceName()));
  }
}
