package io.plumbline.drift.verdict;

import io.plumbline.events.DriftResult;
import io.plumbline.runtime.config.Thresholds.Bounds;
import java.util.ArrayList;
import java.util.List;

/** Judges the PSI, which decides only where noise alone does not explain it. */
final class PsiGuard {
  private static final Finding SILENT = new Finding(Severity.NONE, "");

  private final DriftResult measured;
  private final double alpha;
  private final Figure psi;
  private final Figure p;
  private final Criterion unguarded;

  /**
   * @param alpha the p-value below which it is no noise; from 1 on the PSI always decides
   */
  PsiGuard(DriftResult measured, Bounds bounds, double alpha) {
    this.measured = measured;
    this.alpha = alpha;
    psi = Figure.of(measured, "psi", measured.psi());
    p = Figure.ofPValue(measured, "psi_p_value", measured.psiPValue());
    unguarded = Criterion.byEffect("PSI", psi, bounds);
  }

  Criterion criterion() {
    return new Criterion(
        decides(p.value()) ? unguarded.finding() : SILENT,
        decides(p.greatest()) ? unguarded.least() : Severity.NONE,
        decides(p.least()) ? unguarded.greatest() : Severity.NONE,
        uncertainty());
  }

  private boolean decides(double psiPValue) {
    Double newCategories = measured.newCategoryPValue();
    return alpha >= 1 || psiPValue < alpha || (newCategories != null && newCategories < alpha);
  }

  private String uncertainty() {
    List<String> uncertain = new ArrayList<>();
    if (unguarded.least() != unguarded.greatest()) {
      uncertain.add(unguarded.uncertainty());
    }
    if (decides(p.least()) != decides(p.greatest())) {
      uncertain.add(p.uncertainty("psi_p_value"));
    }
    return String.join(", ", uncertain);
  }

  /** The severity that was taken from the PSI, as it may be noise. */
  Severity withheld() {
    return decides(p.value()) ? Severity.NONE : unguarded.finding().severity();
  }

  /** Says by which tests it may be noise. */
  String mayBeNoise() {
    String test =
        "PSI %s may be noise: chi-squared p %s of merged bins"
            .formatted(Words.number(psi.value()), Words.number(p.value()));
    boolean unseen = measured.newCategoryRatio() != null && measured.newCategoryRatio() > 0;
    return unseen
        ? test + "; new categories p " + Words.number(measured.newCategoryPValue())
        : test;
  }
}
