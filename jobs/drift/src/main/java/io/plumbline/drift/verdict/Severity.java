package io.plumbline.drift.verdict;

import java.util.Locale;

/** How bad drift is, from the least grave. */
public enum Severity {
  NONE,
  /** Too few rows to say, or figures whose bounds leave it open. */
  INSUFFICIENT,
  LOW,
  MEDIUM,
  HIGH;

  /** As results say it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Severity of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  public Severity graver(Severity other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** The value of the metric {@code drift_severity}; insufficient has none. */
  public double number() {
    return switch (this) {
      case NONE -> 0;
      case LOW -> 1;
      case MEDIUM -> 2;
      case HIGH -> 3;
      case INSUFFICIENT -> Double.NaN;
    };
  }
}
