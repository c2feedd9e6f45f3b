package io.plumbline.onlinemetrics.quality;

import java.util.Map;
import java.util.TreeMap;

/** What is said of a window. State has them by their places, of which there are 64. */
enum QualityMetric {
  ACCURACY(0, "accuracy"),
  PRECISION(1, "precision"),
  RECALL(2, "recall"),
  F1(3, "f1"),
  F1_MACRO(4, "f1", "average", "macro"),
  F1_WEIGHTED(5, "f1", "average", "weighted"),
  ROC_AUC(6, "roc_auc"),
  PR_AUC(7, "pr_auc"),
  LOG_LOSS(8, "log_loss"),
  BRIER(9, "brier"),
  ECE(10, "ece"),
  TRUE_POSITIVES(11, "true_positives"),
  FALSE_POSITIVES(12, "false_positives"),
  TRUE_NEGATIVES(13, "true_negatives"),
  FALSE_NEGATIVES(14, "false_negatives"),
  MAE(15, "mae"),
  RMSE(16, "rmse"),
  MAPE(17, "mape"),
  R2(18, "r2"),
  BIAS(19, "bias"),
  COVERAGE(20, "label_coverage_ratio"),
  SELECTION_GAP(21, "label_selection_gap"),
  DELAY_MEDIAN(22, "label_delay_seconds", "quantile", "0.5"),
  DELAY_95(23, "label_delay_seconds", "quantile", "0.95"),
  CORRECTED(24, "labels_corrected"),
  EXPIRED(25, "labels_expired"),
  ORPHANED(26, "labels_orphaned"),
  DISAGREEMENT(27, "shadow_disagreement_ratio"),
  MEAN_ABS_DIFFERENCE(28, "shadow_mean_abs_difference"),
  RANK_CORRELATION(29, "shadow_rank_correlation"),
  MCNEMAR(30, "shadow_p_value", "test", "mcnemar"),
  PAIRED_T(31, "shadow_p_value", "test", "paired_t");

  /** By place. */
  private static final QualityMetric[] BY_PLACE = new QualityMetric[Long.SIZE];

  static {
    for (QualityMetric metric : values()) {
      BY_PLACE[metric.place] = metric;
    }
  }

  private final int place;
  private final String metric;

  /** Null: there is none. */
  private final String label;

  private final String labelValue;

  QualityMetric(int place, String metric) {
    this(place, metric, null, null);
  }

  QualityMetric(int place, String metric, String label, String labelValue) {
    this.place = place;
    this.metric = metric;
    this.label = label;
    this.labelValue = labelValue;
  }

  /** The metric at a place. */
  static QualityMetric at(int place) {
    return BY_PLACE[place];
  }

  /** The name in series. */
  String metric() {
    return metric;
  }

  /** The labels of a series with those that tell it apart from others of its name. */
  Map<String, String> labels(Map<String, String> others) {
    if (label == null) {
      return others;
    }
    Map<String, String> all = new TreeMap<>(others);
    all.put(label, labelValue);
    return all;
  }

  /** Whether it gets better as labels come: its points say how many have come. */
  boolean isOfLabels() {
    return switch (this) {
      case ORPHANED, DISAGREEMENT, MEAN_ABS_DIFFERENCE, RANK_CORRELATION -> false;
      default -> true;
    };
  }

  /** Of a set of them. */
  long bit() {
    return 1L << place;
  }
}
