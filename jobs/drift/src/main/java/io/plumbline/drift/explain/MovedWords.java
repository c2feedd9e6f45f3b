package io.plumbline.drift.explain;

import io.plumbline.events.DriftResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Says where the mass went: median, tails and spread, bins or categories. */
final class MovedWords {
  private static final int TOLD = 3;
  private static final Map<String, String> TAILS =
      Map.of("0.01", "p1", "0.05", "p5", "0.95", "p95", "0.99", "p99");

  /** A standard deviation that changes by less is told to nobody. */
  private static final double SAME_SPREAD = 0.05;

  private MovedWords() {}

  static List<String> of(
      DriftResult result, Comparability comparable, List<Part> parts, List<Shift> shifts) {
    List<String> words = new ArrayList<>();
    if (comparable == Comparability.NO_COLUMN || comparable == Comparability.OTHER_TYPE) {
      return words;
    }
    if (comparable == Comparability.EMPTY_SIDE) {
      words.add(emptySide(result));
      return words;
    }
    if (result.type().equals("embedding") && !shifts.isEmpty()) {
      words.add("The following is of the vectors' lengths, not of their directions.");
    }
    shifts.stream()
        .filter(shift -> shift.quantile().equals(Shifts.MEDIAN))
        .forEach(median -> words.add(median(median)));
    tails(shifts, words);
    spread(result, words);
    if (result.type().equals("multivariate")) {
      words.add(
          "Several columns are compared together, on samples of their rows: which of them moved"
              + " their own results tell.");
    } else if (!parts.isEmpty()) {
      changes(parts, result.categories() == null ? "bin" : "category", words);
    }
    if (result.categories() != null) {
      newCategories(result, words);
      vanished(parts, words);
    }
    return words;
  }

  private static String emptySide(DriftResult result) {
    boolean noReference = Comparability.referenceUsable(result) == 0;
    boolean noCurrent = Comparability.currentUsable(result) == 0;
    String side =
        noReference && noCurrent
            ? "Neither side has"
            : noReference ? "The reference does not have" : "The current data does not have";
    return side + " a usable value, so there is nothing to compare.";
  }

  private static String median(Shift median) {
    if (median.difference() == 0) {
      return "The median stayed at %s.".formatted(Numbers.number(median.reference()));
    }
    String deviations =
        median.inDeviations() == null
            ? "the reference does not vary at all"
            : Numbers.number(Math.abs(median.inDeviations()))
                + " standard deviations of the reference";
    return "The median %s from %s to %s: %s, %s."
        .formatted(
            median.difference() > 0 ? "rose" : "fell",
            Numbers.number(median.reference()),
            Numbers.number(median.current()),
            Numbers.signed(median.difference()),
            deviations);
  }

  private static void tails(List<Shift> shifts, List<String> words) {
    List<Shift> tails =
        shifts.stream().filter(shift -> TAILS.containsKey(shift.quantile())).toList();
    if (tails.isEmpty()) {
      return;
    }
    if (tails.stream().allMatch(tail -> tail.difference() == 0)) {
      words.add("The tails (p1, p5, p95, p99) stayed where they were.");
      return;
    }
    List<String> told =
        tails.stream()
            .map(
                tail ->
                    "%s %s -> %s"
                        .formatted(
                            TAILS.get(tail.quantile()),
                            Numbers.number(tail.reference()),
                            Numbers.number(tail.current())))
            .toList();
    words.add("Tails: %s.".formatted(String.join(", ", told)));
  }

  private static void spread(DriftResult result, List<String> words) {
    if (result.referenceProfile() == null || result.currentProfile() == null) {
      return;
    }
    Double before = result.referenceProfile().stddev();
    Double after = result.currentProfile().stddev();
    if (before == null || after == null || Math.abs(after - before) <= SAME_SPREAD * before) {
      return;
    }
    words.add(
        "The standard deviation went from %s to %s."
            .formatted(Numbers.number(before), Numbers.number(after)));
  }

  private static void changes(List<Part> parts, String part, List<String> words) {
    Comparator<Part> byChange = Comparator.comparingDouble(Part::change);
    List<Part> gains =
        parts.stream().filter(p -> p.change() > 0).sorted(byChange.reversed()).toList();
    List<Part> losses = parts.stream().filter(p -> p.change() < 0).sorted(byChange).toList();
    if (gains.isEmpty() && losses.isEmpty()) {
      words.add("Every %s kept its share.".formatted(part));
      return;
    }
    words.add(list("Gained", gains));
    words.add(list("Lost", losses));
  }

  private static String list(String what, List<Part> parts) {
    List<String> told =
        new ArrayList<>(parts.stream().limit(TOLD).map(MovedWords::change).toList());
    if (parts.size() > TOLD) {
      double rest = parts.stream().skip(TOLD).mapToDouble(Part::change).sum();
      told.add("and %s more (%s)".formatted(parts.size() - TOLD, Numbers.points(rest)));
    }
    return "%s: %s.".formatted(what, String.join("; ", told));
  }

  private static String change(Part part) {
    return "%s (%s -> %s, %s)"
        .formatted(
            Labels.of(part),
            Numbers.percent(part.referenceShare()),
            Numbers.percent(part.currentShare()),
            Numbers.points(part.change()));
  }

  private static void newCategories(DriftResult result, List<String> words) {
    Double unseen = result.newCategoryRatio();
    if (unseen != null && unseen > 0) {
      words.add(
          "%s of the current values are in categories that the reference never had."
              .formatted(Numbers.percent(unseen)));
    }
  }

  private static void vanished(List<Part> parts, List<String> words) {
    List<Part> gone =
        parts.stream().filter(part -> part.reference() > 0 && part.current() == 0).toList();
    if (gone.isEmpty()) {
      return;
    }
    List<String> told =
        new ArrayList<>(
            gone.stream()
                .limit(TOLD)
                .map(
                    part ->
                        "%s (%s of the reference)"
                            .formatted(Labels.of(part), Numbers.percent(part.referenceShare())))
                .toList());
    if (gone.size() > TOLD) {
      told.add("and %s more".formatted(gone.size() - TOLD));
    }
    boolean partly =
        parts.stream().anyMatch(part -> part.kind() == Part.Kind.UNLISTED && part.current() > 0);
    words.add(
        "Vanished: %s.%s"
            .formatted(
                String.join("; ", told),
                partly ? " Of those that are not listed, some may have vanished as well." : ""));
  }
}
