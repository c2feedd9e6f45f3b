package io.plumbline.drift;

import io.plumbline.drift.plan.DriftPlan.LeftOut;
import io.plumbline.drift.plan.InputFiles;
import io.plumbline.runtime.config.binding.SameLetters;
import io.plumbline.runtime.input.BadInput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The error of a run that is left without anything to compare. */
final class NothingCompared {
  /** Columns that are told; a table may have thousands. */
  private static final int TOLD = 20;

  private NothingCompared() {}

  /** Says that the sides have no column in common, and which are alike all the same. */
  static BadInput noneInCommon(InputFiles reference, InputFiles current) {
    Set<String> ofReference = reference.columns().keySet();
    Set<String> ofCurrent = current.columns().keySet();
    String alike =
        ofReference.stream()
            .flatMap(
                name ->
                    SameLetters.told(name, ofCurrent)
                        .map(other -> "; %s against %s".formatted(name, other))
                        .stream())
            .findFirst()
            .orElse("");
    return new BadInput(
        "%s and %s have no column in common: %s against %s%s"
            .formatted(reference.uri(), current.uri(), told(ofReference), told(ofCurrent), alike));
  }

  private static String told(Set<String> names) {
    String more = names.size() > TOLD ? " and %s more".formatted(names.size() - TOLD) : "";
    return names.stream().limit(TOLD).collect(Collectors.joining(", ", "[", "]")) + more;
  }

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
