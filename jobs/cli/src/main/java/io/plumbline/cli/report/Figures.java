package io.plumbline.cli.report;

import io.plumbline.events.DriftResult;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them: four digits, the tables have them all. */
public final class Figures {
  private Figures() {}

  /** Four significant digits; a dash where there is no value. */
  public static String number(Double value) {
    if (value == null || !Double.isFinite(value)) {
      return "-";
    }
    double magnitude = Math.abs(value);
    if (magnitude != 0 && (magnitude < 1e-4 || magnitude >= 1e7)) {
      return String.format(Locale.ROOT, "%.1e", value);
    }
    return new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros().toPlainString();
  }

  /** Four digits after the point, so that points stand below each other. */
  static String aligned(Double value) {
    return value == null || !Double.isFinite(value)
        ? "-"
        : String.format(Locale.ROOT, "%.4f", value);
  }

  /** One digit after the point; a dash where there is no value. */
  public static String percent(Double share) {
    return share == null ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** The share of the current side's cells that are null, NaN or infinite; null without rows. */
  public static Double currentMissing(DriftResult result) {
    return share(result.currentNulls(), result.currentInfinities(), result.currentRows());
  }

  static Double referenceMissing(DriftResult result) {
    return share(result.referenceNulls(), result.referenceInfinities(), result.referenceRows());
  }

  private static Double share(Long nulls, Long infinities, Long rows) {
    long missing = (nulls == null ? 0 : nulls) + (infinities == null ? 0 : infinities);
    return rows == null || rows == 0 ? null : (Double) ((double) missing / rows);
  }

  /** The p-value of the test that suits the feature's type. */
  public static Double pValue(DriftResult result) {
    return result.ksPValue() != null
        ? result.ksPValue()
        : result.chi2PValue() != null ? result.chi2PValue() : result.mmdPValue();
  }
}
