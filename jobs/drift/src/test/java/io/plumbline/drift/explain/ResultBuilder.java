package io.plumbline.drift.explain;

import io.plumbline.events.BinCount;
import io.plumbline.events.CategoryCount;
import io.plumbline.events.DriftResult;
import io.plumbline.events.ProfileSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Results with what a test needs; what it does not say is null or zero. */
public final class ResultBuilder {
  private final String type;
  public String feature = "amount";
  String segment = "";
  public long referenceRows;
  public long currentRows;
  long referenceNulls;
  public long currentNulls;
  long currentInfinities;
  Double psi;
  Double psiPValue;
  public Double ksStatistic;
  public Double ksPValue;
  public Double wasserstein;
  public Double jsDistance;
  public Double mmd2;
  public Double mmdPValue;
  public Double missingPValue;
  String missingSeverity = "none";
  String severity = "none";
  String overallSeverity = "none";
  String reason = "no drift";
  public Double newCategoryRatio;
  public Double newCategoryPValue;
  public final Map<String, Double> bounds = new TreeMap<>();
  ProfileSummary referenceProfile;
  ProfileSummary currentProfile;
  private List<BinCount> bins;
  private List<CategoryCount> categories;

  private ResultBuilder(String type) {
    this.type = type;
  }

  public static ResultBuilder of(String type, long referenceRows, long currentRows) {
    ResultBuilder builder = new ResultBuilder(type);
    builder.referenceRows = referenceRows;
    builder.currentRows = currentRows;
    return builder;
  }

  ResultBuilder bin(Double from, Double to, boolean atom, long reference, long current) {
    bins = bins == null ? new ArrayList<>() : bins;
    bins.add(new BinCount(from, to, atom, reference, current));
    return this;
  }

  ResultBuilder category(String name, long reference, long current) {
    categories = categories == null ? new ArrayList<>() : categories;
    categories.add(new CategoryCount(name, reference, current));
    return this;
  }

  public ResultBuilder psi(double value, double p) {
    psi = value;
    psiPValue = p;
    return this;
  }

  ResultBuilder high(String why) {
    severity = "high";
    overallSeverity = "high";
    reason = why;
    return this;
  }

  ResultBuilder segment(String text) {
    segment = text;
    return this;
  }

  static ProfileSummary profile(
      double stddev, double p1, double p5, double median, double p95, double p99) {
    return new ProfileSummary(
        median,
        stddev,
        p1,
        p99,
        Map.of("0.01", p1, "0.05", p5, "0.5", median, "0.95", p95, "0.99", p99));
  }

  public DriftResult build() {
    boolean rows = referenceRows > 0 && currentRows > 0;
    return new DriftResult(
        "series",
        feature,
        type,
        "feature",
        "covariate",
        null,
        segment,
        referenceRows,
        currentRows,
        referenceNulls,
        currentNulls,
        0L,
        currentInfinities,
        psi,
        psiPValue,
        ksStatistic,
        ksPValue,
        wasserstein,
        jsDistance,
        null,
        null,
        mmd2,
        mmdPValue,
        null,
        rows
            ? (Double)
                ((double) (currentNulls + currentInfinities) / currentRows
                    - (double) referenceNulls / referenceRows)
            : null,
        missingPValue,
        missingSeverity,
        severity,
        overallSeverity,
        overallSeverity.equals("medium") || overallSeverity.equals("high"),
        reason,
        newCategoryRatio,
        newCategoryPValue,
        bounds,
        referenceProfile,
        currentProfile,
        bins,
        categories,
        Instant.EPOCH,
        Instant.EPOCH,
        "drift_nightly",
        "m",
        "",
        "r",
        "none",
        "none",
        false,
        Instant.EPOCH);
  }
}
