package io.plumbline.drift;

import io.plumbline.drift.plan.DriftPlan.LeftOut;
import io.plumbline.drift.plan.InputFiles;
import io.plumbline.runtime.input.BadInput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The error of a run that is left without anything to compare. */
final class NothingCompared {
  /** Columns that are told; a table may have thousands. */
  private static final int TOLD = 20;

  private NothingCompared() {}

  /**
   * Says why no column was compared.
   *
   * @param excluded what the options leave alone
   */
  static BadInput in(InputFiles reference, List<LeftOut> leftOut, Collection<String> excluded) {
    List<String> reasons = new ArrayList<>();
    leftOut.forEach(left -> reasons.add(left.column() + ": " + left.reason()));
    reference.columns().keySet().stream()
        .filter(excluded::contains)
        .forEach(column -> reasons.add(column + ": excluded"));
    String more =
        reasons.size() > TOLD ? "; and %s more columns".formatted(reasons.size() - TOLD) : "";
    return new BadInput(
        "%s: nothing to compare: %s%s"
            .formatted(
                reference.uri(),
                String.join("; ", reasons.subList(0, Math.min(TOLD, reasons.size()))),
                more));
  }
}
