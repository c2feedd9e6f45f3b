package io.plumbline.drift.explain;

import io.plumbline.drift.verdict.Severity;
import io.plumbline.events.DriftResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says which segments carry the change: one, all alike, some, or the mix of them. */
final class SegmentWords {
  private static final int TOLD = 3;

  /** From this part of the change on, a segment carries it alone. */
  private static final double ALONE = 0.9;

  /** Effects within this factor are alike. */
  private static final double ALIKE = 2;

  /** A segment's share of the rows that changes by less is told to nobody. */
  private static final double SAME_MIX = 0.02;

  private final DriftResult whole;
  private final String effect;
  private final List<String> words = new ArrayList<>();

  private SegmentWords(DriftResult whole) {
    this.whole = whole;
    effect = whole.psi() != null ? "PSI" : "MMD^2";
  }

  static List<String> of(DriftResult whole, List<SegmentChange> changes) {
    Map<String, List<SegmentChange>> byColumn = new LinkedHashMap<>();
    for (SegmentChange change : changes) {
      byColumn.computeIfAbsent(change.column(), column -> new ArrayList<>()).add(change);
    }
    SegmentWords words = new SegmentWords(whole);
    byColumn.forEach(words::column);
    return words.words;
  }

  private void column(String column, List<SegmentChange> changes) {
    String by = "By " + Labels.shortened(column) + ": ";
    List<SegmentChange> judged = changes.stream().filter(SegmentChange::enough).toList();
    if (judged.isEmpty()) {
      words.add(by + "no segment has enough values to say.");
    } else if (whole.psi() != null || whole.mmd2() != null) {
      // Else no values were compared, but missing cells counted.
      words.add(by + carriers(judged));
      drifted(changes);
      if (judged.size() < changes.size()) {
        int few = changes.size() - judged.size();
        words.add(
            "%s of the %s segments %s too few values to say."
                .formatted(
                    Numbers.count(few), Numbers.count(changes.size()), few == 1 ? "has" : "have"));
      }
    }
    mix(changes);
    missing(changes);
  }

  /** Of segments that come in order of what they carry. */
  private String carriers(List<SegmentChange> judged) {
    List<SegmentChange> carriers = judged.stream().filter(change -> change.carried() > 0).toList();
    if (carriers.isEmpty()) {
      return "within the segments nothing moved beyond noise.";
    }
    SegmentChange first = carriers.get(0);
    List<SegmentChange> others = judged.subList(1, judged.size());
    if (others.isEmpty()) {
      return "only %s has enough values to say, and it moved (%s)."
          .formatted(Labels.shortened(first.segment()), within(first));
    }
    if (first.carried() >= ALONE && others.stream().noneMatch(SegmentChange::drifted)) {
      double most = others.stream().mapToDouble(SegmentWords::effect).max().orElse(0);
      return "the change is in %s alone (%s); elsewhere %s is at most %s."
          .formatted(
              Labels.shortened(first.segment()), within(first), effect, Numbers.number(most));
    }
    double least = judged.stream().mapToDouble(SegmentWords::effect).min().orElse(0);
    double most = judged.stream().mapToDouble(SegmentWords::effect).max().orElse(0);
    if (carriers.size() == judged.size() && most <= ALIKE * least) {
      return "%s segments moved about alike (%s from %s to %s)."
          .formatted(
              judged.size() == 2 ? "both" : "all " + Numbers.count(judged.size()),
              effect,
              Numbers.number(least),
              Numbers.number(most));
    }
    return ranked(carriers);
  }

  private String ranked(List<SegmentChange> carriers) {
    List<String> told = new ArrayList<>();
    for (SegmentChange carrier : carriers.subList(0, Math.min(TOLD, carriers.size()))) {
      told.add(
          "%s carries %s of the change (%s)"
              .formatted(
                  Labels.shortened(carrier.segment()),
                  Numbers.percent(carrier.carried()),
                  within(carrier)));
    }
    if (carriers.size() > TOLD) {
      double rest = carriers.stream().skip(TOLD).mapToDouble(SegmentChange::carried).sum();
      told.add(
          "%s more carry %s"
              .formatted(Numbers.count(carriers.size() - TOLD), Numbers.percent(rest)));
    }
    return String.join("; ", told) + ".";
  }

  private String within(SegmentChange change) {
    return "%s %s on %s of the rows"
        .formatted(effect, Numbers.number(effect(change)), Numbers.percent(change.currentRows()));
  }

  private static double effect(SegmentChange change) {
    return change.effect() == null ? 0 : change.effect();
  }

  private void drifted(List<SegmentChange> changes) {
    long drifted = changes.stream().filter(SegmentChange::drifted).count();
    if (drifted == 0) {
      return;
    }
    String count =
        "%s of %s segments drifted by themselves"
            .formatted(Numbers.count(drifted), Numbers.count(changes.size()));
    words.add(whole.driftDetected() ? count + "." : count + ", which the whole hides.");
  }

  private void mix(List<SegmentChange> changes) {
    List<SegmentChange> moved =
        changes.stream()
            .filter(change -> Math.abs(change.currentRows() - change.referenceRows()) >= SAME_MIX)
            .sorted(
                Comparator.comparingDouble(
                    change -> -Math.abs(change.currentRows() - change.referenceRows())))
            .toList();
    if (moved.isEmpty()) {
      return;
    }
    List<String> told = new ArrayList<>();
    for (SegmentChange change : moved.subList(0, Math.min(TOLD, moved.size()))) {
      told.add(
          "%s %s -> %s of the rows"
              .formatted(
                  Labels.shortened(change.segment()),
                  Numbers.percent(change.referenceRows()),
                  Numbers.percent(change.currentRows())));
    }
    if (moved.size() > TOLD) {
      told.add("%s more".formatted(Numbers.count(moved.size() - TOLD)));
    }
    words.add("The mix of segments changed: %s.".formatted(String.join("; ", told)));
    double within =
        changes.stream()
            .filter(SegmentChange::beyondNoise)
            .mapToDouble(change -> change.currentRows() * Math.max(0, effect(change)))
            .sum();
    Double ofWhole = whole.psi() != null ? whole.psi() : whole.mmd2();
    boolean large = Severity.of(whole.severity()).compareTo(Severity.MEDIUM) >= 0;
    if (large && ofWhole != null && within < ofWhole / 2) {
      words.add(
          "Within the segments %s is %s on average, in the whole %s: most of the change is that mix."
              .formatted(effect, Numbers.number(within), Numbers.number(ofWhole)));
    }
  }

  /** Whose cells are missing, where that is part of the verdict. */
  private void missing(List<SegmentChange> changes) {
    if (whole.missingSeverity() == null
        || Severity.of(whole.missingSeverity()).compareTo(Severity.MEDIUM) < 0) {
      return;
    }
    boolean more = whole.missingRatioDifference() != null && whole.missingRatioDifference() > 0;
    List<SegmentChange> moved =
        changes.stream()
            .filter(change -> more ? change.missing() > 0 : change.missing() < 0)
            .sorted(Comparator.comparingDouble(change -> -Math.abs(change.missing())))
            .toList();
    if (moved.isEmpty()) {
      return;
    }
    List<String> told = new ArrayList<>();
    for (SegmentChange change : moved.subList(0, Math.min(TOLD, moved.size()))) {
      told.add(
          "%s %s".formatted(Labels.shortened(change.segment()), Numbers.points(change.missing())));
    }
    if (moved.size() > TOLD) {
      double rest = moved.stream().skip(TOLD).mapToDouble(SegmentChange::missing).sum();
      told.add("%s more %s".formatted(Numbers.count(moved.size() - TOLD), Numbers.points(rest)));
    }
    words.add("Of the change in missing cells: %s.".formatted(String.join("; ", told)));
  }
}
