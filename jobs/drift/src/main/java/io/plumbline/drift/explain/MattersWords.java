package io.plumbline.drift.explain;

import io.plumbline.drift.verdict.Severity;
import io.plumbline.events.DriftResult;
import io.plumbline.stats.drift.PopulationStabilityIndex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Says how large the change is, and which bins the PSI comes from. */
final class MattersWords {
  private static final int TOLD = 3;

  private MattersWords() {}

  static List<String> of(DriftResult result, Parts mass) {
    List<String> words = new ArrayList<>();
    words.add(severity(result));
    if (result.psi() != null) {
      words.add(elsewhere(result, mass.parts()));
      psi(result.psi(), mass, words);
    }
    if (result.wasserstein() != null) {
      words.add(wasserstein(result));
    }
    if (result.ksStatistic() != null) {
      words.add(
          "The cumulative distributions are %s apart at most (KS statistic)."
              .formatted(Numbers.number(result.ksStatistic())));
    }
    if (result.type().equals("categorical") && result.jsDistance() != null) {
      words.add(
          "Jensen-Shannon distance %s, where 0 is the same and 1 nothing in common."
              .formatted(Numbers.number(result.jsDistance())));
    }
    if (result.mmd2() != null) {
      words.add(
          "Squared maximum mean discrepancy of the samples %s, where same distributions have about 0."
              .formatted(Numbers.number(result.mmd2())));
    }
    return words;
  }

  private static String severity(DriftResult result) {
    return switch (Severity.of(result.overallSeverity())) {
      case INSUFFICIENT -> "No verdict: %s.".formatted(result.reason());
      default -> "Severity %s (%s).".formatted(result.overallSeverity(), result.reason());
    };
  }

  /** The total variation distance; what moves among categories that are not listed is unseen. */
  private static String elsewhere(DriftResult result, List<Part> parts) {
    double share = parts.stream().mapToDouble(part -> Math.abs(part.change())).sum() / 2;
    boolean unseen = parts.stream().anyMatch(part -> part.kind() == Part.Kind.UNLISTED);
    return "%s%s of the values moved to other %s."
        .formatted(
            unseen ? "At least " : "",
            Numbers.percent(share),
            result.categories() == null ? "bins" : "categories");
  }

  private static void psi(double psi, Parts mass, List<String> words) {
    List<PsiTerm> terms =
        mass.terms().stream()
            .filter(term -> term.value() > 0)
            .sorted(Comparator.comparingDouble(PsiTerm::value).reversed())
            .toList();
    if (!(psi > 0) || terms.isEmpty()) {
      return;
    }
    List<String> told =
        new ArrayList<>(
            terms.stream()
                .limit(TOLD)
                .map(
                    term ->
                        "%s %s (%s)"
                            .formatted(
                                term.label(),
                                Numbers.number(term.value()),
                                Numbers.percent(Math.min(1, term.value() / psi))))
                .toList());
    if (terms.size() > TOLD) {
      double rest = terms.stream().skip(TOLD).mapToDouble(PsiTerm::value).sum();
      told.add("%s more %s".formatted(terms.size() - TOLD, Numbers.number(rest)));
    }
    words.add("PSI %s by bin: %s.".formatted(Numbers.number(psi), String.join("; ", told)));
    if (mass.terms().stream().anyMatch(term -> term.bins() == 0)) {
      words.add(
          "The categories that are not listed are several bins of the PSI; only their sum is known.");
    }
    if (mass.parts().stream().anyMatch(MattersWords::clipped)) {
      words.add(
          "A bin with less than 0.01 % on one side counts in the PSI as if it had that much there.");
    }
  }

  private static boolean clipped(Part part) {
    return part.psi() != null
        && !part.empty()
        && Math.min(part.referenceShare(), part.currentShare())
            < PopulationStabilityIndex.LEAST_PROPORTION;
  }

  private static String wasserstein(DriftResult result) {
    Double deviation =
        result.referenceProfile() == null ? null : result.referenceProfile().stddev();
    String inDeviations =
        deviation == null || !(deviation > 0)
            ? ""
            : ", %s standard deviations of the reference"
                .formatted(Numbers.number(result.wasserstein() / deviation));
    return "Values would have to move by %s on average to undo it (Wasserstein distance)%s."
        .formatted(Numbers.number(result.wasserstein()), inDeviations);
  }
}
