package io.plumbline.drift.explain;

import io.plumbline.events.DriftResult;
import io.plumbline.runtime.config.DriftConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Shares the change among the segments of each column: by share of the current rows times the
 * effect within the segment, where noise alone does not explain that effect. A segment's bins are
 * its own, so these are weights, no exact decomposition of the whole's PSI.
 */
final class SegmentChanges {
  private SegmentChanges() {}

  static List<SegmentChange> of(
      DriftResult whole, List<DriftResult> ofSegments, DriftConfig rules) {
    Map<String, List<SegmentChange>> byColumn = new LinkedHashMap<>();
    ofSegments.stream()
        .filter(segment -> !segment.withdrawn() && !segment.segment().isEmpty())
        .sorted(Comparator.comparing(DriftResult::segment))
        .map(segment -> change(whole, segment, rules))
        .forEach(
            change ->
                byColumn.computeIfAbsent(change.column(), c -> new ArrayList<>()).add(change));
    List<SegmentChange> all = new ArrayList<>();
    byColumn.values().forEach(changes -> all.addAll(shared(changes)));
    return List.copyOf(all);
  }

  private static SegmentChange change(DriftResult whole, DriftResult segment, DriftConfig rules) {
    double referenceRows = share(segment.referenceRows(), whole.referenceRows());
    double currentRows = share(segment.currentRows(), whole.currentRows());
    Double effect = segment.psi() != null ? segment.psi() : segment.mmd2();
    double missing =
        share(segment.currentNulls() + segment.currentInfinities(), whole.currentRows())
            - share(
                segment.referenceNulls() + segment.referenceInfinities(), whole.referenceRows());
    return new SegmentChange(
        segment.segment(),
        referenceRows,
        currentRows,
        effect,
        Comparability.of(segment, rules.minRows()) == Comparability.ENOUGH,
        beyondNoise(segment, rules),
        segment.driftDetected(),
        0,
        missing);
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  private static boolean beyondNoise(DriftResult segment, DriftConfig rules) {
    if (Comparability.of(segment, rules.minRows()) != Comparability.ENOUGH) {
      return false;
    }
    if (segment.psi() == null) {
      // By permutation no p-value is below 0.001, so noise_alpha would let none pass.
      return segment.mmdPValue() != null
          && segment.mmdPValue() < rules.thresholds().mmdPValue().low();
    }
    return rules.noiseAlpha() >= 1
        || below(segment.psiPValue(), rules.noiseAlpha())
        || below(segment.newCategoryPValue(), rules.noiseAlpha());
  }

  private static boolean below(Double p, double alpha) {
    return p != null && p < alpha;
  }

  private static List<SegmentChange> shared(List<SegmentChange> changes) {
    double sum = changes.stream().mapToDouble(SegmentChanges::weight).sum();
    return changes.stream()
        .map(
            change ->
                new SegmentChange(
                    change.segment(),
                    change.referenceRows(),
                    change.currentRows(),
                    change.effect(),
                    change.enough(),
                    change.beyondNoise(),
                    change.drifted(),
                    sum == 0 ? 0 : weight(change) / sum,
                    change.missing()))
        .sorted(Comparator.comparingDouble(SegmentChange::carried).reversed())
        .toList();
  }

  private static double weight(SegmentChange change) {
    return change.beyondNoise() ? change.currentRows() * Math.max(0, change.effect()) : 0;
  }
}
