package io.plumbline.onlinemetrics.quality;

import io.plumbline.runtime.result.Measured;
import io.plumbline.stats.quality.BinaryQuality;
import io.plumbline.stats.quality.Estimate;
import io.plumbline.stats.quality.LogLoss;
import io.plumbline.stats.quality.PairedHits;
import io.plumbline.stats.quality.PairedLosses;
import io.plumbline.stats.quality.ShadowAgreement;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A champion and its shadow on the same predictions. */
final class PairTally implements Tally {
  private static final int CHAMPION = 0;
  private static final int SHADOW = 1;

  private final Shape shape;
  private final VersionQuality champion;
  private final VersionQuality shadow;
  private final ShadowAgreement agreement;
  private final PairedHits hits;
  private final PairedLosses losses;

  PairTally(Shape shape) {
    this(
        shape,
        VersionQuality.of(shape),
        VersionQuality.of(shape),
        new ShadowAgreement(),
        new PairedHits(),
        new PairedLosses());
  }

  private PairTally(
      Shape shape,
      VersionQuality champion,
      VersionQuality shadow,
      ShadowAgreement agreement,
      PairedHits hits,
      PairedLosses losses) {
    this.shape = shape;
    this.champion = champion;
    this.shadow = shadow;
    this.agreement = agreement;
    this.hits = hits;
    this.losses = losses;
  }

  @Override
  public void add(Observations rows, int row) {
    if (!rows.isLabelled(row)) {
      compare(rows, row);
      return;
    }
    champion.add(rows, row, CHAMPION);
    shadow.add(rows, row, SHADOW);
    long times = rows.times(row);
    switch (shape) {
      case BINARY_PAIR -> {
        boolean truth = rows.isPositive(row);
        if (rows.hasClass(row, SHADOW)) {
          hits.add(
              rows.isClassPositive(row, CHAMPION) == truth,
              rows.isClassPositive(row, SHADOW) == truth,
              times);
        }
        if (!Double.isNaN(rows.number(row, SHADOW))) {
          losses.add(
              BinaryQuality.logLoss(truth, rows.number(row, CHAMPION)),
              BinaryQuality.logLoss(truth, rows.number(row, SHADOW)),
              times);
        }
      }
      case MULTICLASS_PAIR -> {
        String truth = rows.text(row, 0);
        if (rows.hasClass(row, SHADOW)) {
          hits.add(truth.equals(rows.text(row, 1)), truth.equals(rows.text(row, 2)), times);
        }
        if (!Double.isNaN(rows.number(row, 2))) {
          losses.add(LogLoss.of(rows.number(row, 0)), LogLoss.of(rows.number(row, 2)), times);
        }
      }
      default -> {
        double truth = rows.number(row, 0);
        if (!Double.isNaN(rows.number(row, 2))) {
          losses.add(
              PairedLosses.absoluteError(rows.number(row, 1), truth),
              PairedLosses.absoluteError(rows.number(row, 2), truth),
              times);
        }
      }
    }
  }

  /** Classes of several models' scores are not of one, so only two have a difference. */
  private void compare(Observations rows, int row) {
    if (rows.hasClass(row, SHADOW)) {
      agreement.addClasses(
          shape == Shape.MULTICLASS_PAIR
              ? rows.text(row, 1).equals(rows.text(row, 2))
              : rows.isClassPositive(row, CHAMPION) == rows.isClassPositive(row, SHADOW));
    }
    int first = shape == Shape.BINARY_PAIR ? 0 : 1;
    if (shape != Shape.MULTICLASS_PAIR && !Double.isNaN(rows.number(row, first + 1))) {
      agreement.addValues(rows.hash(row), rows.number(row, first), rows.number(row, first + 1));
    }
  }

  @Override
  public void merge(Tally other) {
    PairTally that = (PairTally) other;
    champion.merge(that.champion);
    shadow.merge(that.shadow);
    agreement.merge(that.agreement);
    hits.merge(that.hits);
    losses.merge(that.losses);
  }

  @Override
  public int bytes() {
    return champion.bytes() + shadow.bytes() + agreement.bytes();
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    champion.writeTo(out);
    shadow.writeTo(out);
    agreement.writeTo(out);
    hits.writeTo(out);
    losses.writeTo(out);
  }

  static PairTally readFrom(Shape shape, DataInput in) throws IOException {
    return new PairTally(
        shape,
        VersionQuality.readFrom(shape, in),
        VersionQuality.readFrom(shape, in),
        ShadowAgreement.readFrom(in),
        PairedHits.readFrom(in),
        PairedLosses.readFrom(in));
  }

  @Override
  public void say(QualityPoints points, QualityPoints ofChampion) {
    champion.say(ofChampion);
    shadow.say(points);
    points.point(QualityMetric.DISAGREEMENT, agreement.disagreementRatio(), agreement.compared());
    points.point(
        QualityMetric.MEAN_ABS_DIFFERENCE, agreement.meanAbsoluteDifference(), agreement.pairs());
    Estimate correlation = agreement.rankCorrelation();
    points.point(
        QualityMetric.RANK_CORRELATION,
        Measured.exact(
                correlation.value(), Math.min(agreement.pairs(), ShadowAgreement.MOST_RANKED))
            .within(correlation.bound()));
    if (points.isFinal()) {
      points.point(QualityMetric.MCNEMAR, hits.pValue(), hits.count());
      points.point(QualityMetric.PAIRED_T, losses.pValue(), losses.count());
    }
  }
}
