package io.plumbline.drift.verdict;

import io.plumbline.drift.compare.Comparison;
import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.plan.ScanPlan;
import io.plumbline.drift.plan.Segments;
import io.plumbline.events.DriftResult;
import io.plumbline.stats.multiple.BenjaminiHochberg;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The judgement of a whole run: of each feature and segment, with the correction for many tests
 * that needs them all.
 *
 * @param results gravest first: by overall severity, then PSI, then name and segment
 * @param leftOut columns that the data showed not to be features
 */
public record Judgement(List<DriftResult> results, List<DriftPlan.LeftOut> leftOut) {
  private static final Comparator<DriftResult> GRAVEST_FIRST =
      Comparator.comparing((DriftResult r) -> Severity.of(r.overallSeverity()))
          .thenComparing(r -> r.psi() == null ? -1 : r.psi())
          .reversed()
          .thenComparing(DriftResult::feature)
          .thenComparing(DriftResult::segment);

  /**
   * @param comparisons of the run, in any order
   */
  public static Judgement of(DriftPlan plan, List<Comparison> comparisons) {
    List<Comparison> sorted = new ArrayList<>(comparisons);
    sorted.sort(Comparator.comparingInt(Comparison::key));
    FeatureVerdict verdict = new FeatureVerdict(plan.rules());
    List<DriftPlan.LeftOut> leftOut = new ArrayList<>();
    leaveOut(plan.scan(), verdict, sorted, leftOut);
    List<FeatureVerdict.Tests> tests = new ArrayList<>();
    for (Comparison comparison : sorted) {
      tests.add(verdict.tests(plan.scan().feature(comparison.key()), comparison));
    }
    boolean corrected = plan.rules().fdr() != null;
    if (corrected) {
      tests = corrected(tests);
    }
    List<DriftResult> results = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      PlannedFeature feature = plan.scan().feature(sorted.get(i).key());
      results.add(
          verdict.judge(
              feature,
              plan.thresholds().get(feature.index()),
              sorted.get(i),
              tests.get(i),
              corrected));
    }
    results.sort(GRAVEST_FIRST);
    return new Judgement(results, leftOut);
  }

  /**
   * Moves out what was not compared, but for features whose cells are missing: of these the
   * segments stay in which that is a finding, and that of all rows in any case.
   */
  private static void leaveOut(
      ScanPlan scan,
      FeatureVerdict verdict,
      List<Comparison> comparisons,
      List<DriftPlan.LeftOut> leftOut) {
    Predicate<Comparison> misses =
        comparison -> verdict.missesCells(scan.feature(comparison.key()), comparison);
    BitSet missing = new BitSet();
    comparisons.stream()
        .filter(comparison -> comparison.leftOut() != null)
        .filter(misses)
        .forEach(comparison -> missing.set(scan.feature(comparison.key()).index()));
    comparisons.removeIf(
        comparison -> {
          if (comparison.leftOut() == null) {
            return false;
          }
          PlannedFeature feature = scan.feature(comparison.key());
          boolean whole = scan.segment(comparison.key()) == Segments.WHOLE;
          boolean stays = whole ? missing.get(feature.index()) : misses.test(comparison);
          if (whole && !stays) {
            leftOut.add(new DriftPlan.LeftOut(feature.name(), comparison.leftOut()));
          }
          return !stays;
        });
  }

  /** Benjamini and Hochberg's q-values, of maximum mean discrepancy apart from the rest. */
  private static List<FeatureVerdict.Tests> corrected(List<FeatureVerdict.Tests> tests) {
    List<Figure> q = corrected(tests, FeatureVerdict.Tests::p);
    List<Figure> mmd = corrected(tests, FeatureVerdict.Tests::mmd);
    return IntStream.range(0, tests.size())
        .mapToObj(i -> new FeatureVerdict.Tests(q.get(i), mmd.get(i)))
        .toList();
  }

  /** A q-value rises with every p-value, so that its range is that of all ends together. */
  private static List<Figure> corrected(
      List<FeatureVerdict.Tests> tests, Function<FeatureVerdict.Tests, Figure> of) {
    double[] value = adjusted(tests, of, Figure::value);
    double[] least = adjusted(tests, of, Figure::least);
    double[] greatest = adjusted(tests, of, Figure::greatest);
    return IntStream.range(0, value.length)
        .mapToObj(i -> new Figure(value[i], least[i], greatest[i]))
        .toList();
  }

  private static double[] adjusted(
      List<FeatureVerdict.Tests> tests,
      Function<FeatureVerdict.Tests, Figure> of,
      ToDoubleFunction<Figure> end) {
    return BenjaminiHochberg.adjust(
        tests.stream().mapToDouble(test -> end.applyAsDouble(of.apply(test))).toArray());
  }
}
