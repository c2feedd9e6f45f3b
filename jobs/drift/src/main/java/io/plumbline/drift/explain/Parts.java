package io.plumbline.drift.explain;

import io.plumbline.events.BinCount;
import io.plumbline.events.CategoryCount;
import io.plumbline.events.DriftResult;
import io.plumbline.stats.category.CategoryTable;
import io.plumbline.stats.drift.PopulationStabilityIndex;
import java.util.ArrayList;
import java.util.List;

/**
 * The mass of a feature by part, and what of the PSI comes from where: with the grouping and the
 * clipping of the PSI itself, so that the terms sum to it.
 *
 * @param parts in the order of the result's bins or categories; empty for what has neither
 * @param terms empty where there is no PSI
 */
record Parts(List<Part> parts, List<PsiTerm> terms) {
  private static final String UNLISTED = "all other known categories";
  private static final String RARE = "rare categories together";
  private static final String NEW = "new categories";

  static Parts of(DriftResult result) {
    if (result.bins() != null) {
      return ofBins(result);
    }
    return result.categories() == null
        ? new Parts(List.of(), List.of())
        : ofCategories(result.categories(), result.psi());
  }

  private static Parts ofBins(DriftResult result) {
    List<BinCount> bins = result.bins();
    Sides sides = new Sides();
    bins.forEach(bin -> sides.add(bin.reference(), bin.current()));
    List<String> labels = BinLabels.of(bins);
    List<Part> parts = new ArrayList<>();
    List<PsiTerm> terms = new ArrayList<>();
    for (int i = 0; i < bins.size(); i++) {
      BinCount bin = bins.get(i);
      Double psi =
          result.psi() == null ? null : (Double) sides.term(bin.reference(), bin.current());
      parts.add(
          sides.part(
              bin.atom() ? Part.Kind.ATOM : Part.Kind.BIN,
              labels.get(i),
              bin.reference(),
              bin.current(),
              psi));
      if (psi != null) {
        terms.add(new PsiTerm(labels.get(i), 1, psi));
      }
    }
    return new Parts(List.copyOf(parts), List.copyOf(terms));
  }

  private static Parts ofCategories(List<CategoryCount> categories, Double psi) {
    Sides sides = new Sides();
    categories.forEach(category -> sides.add(category.reference(), category.current()));
    boolean told = unlistedAreRare(categories, sides);
    Sides rare = new Sides();
    int rareParts = 0;
    for (CategoryCount category : categories) {
      if (inRareBin(category, kind(category), sides, told)) {
        rare.add(category.reference(), category.current());
        rareParts++;
      }
    }
    List<Part> parts = new ArrayList<>();
    List<PsiTerm> terms = new ArrayList<>();
    double known = rareParts > 0 && psi != null ? sides.term(rare.reference, rare.current) : 0;
    for (CategoryCount category : categories) {
      Part.Kind kind = kind(category);
      boolean ownBin = !inRareBin(category, kind, sides, told);
      boolean several = kind == Part.Kind.UNLISTED && !told;
      Double term =
          psi == null || several || (!ownBin && rareParts > 1)
              ? null
              : (Double) sides.term(category.reference(), category.current());
      if (term != null && ownBin) {
        known += term;
        terms.add(new PsiTerm(quoted(category, kind), 1, term));
      }
      parts.add(
          sides.part(kind, label(category, kind), category.reference(), category.current(), term));
    }
    if (psi == null) {
      return new Parts(List.copyOf(parts), List.of());
    }
    if (rareParts > 0) {
      terms.add(new PsiTerm(RARE, 1, sides.term(rare.reference, rare.current)));
    }
    if (!told) {
      // Their bins are not in the result, but all other bins are.
      terms.add(new PsiTerm(UNLISTED, 0, psi - known));
    }
    return new Parts(List.copyOf(parts), List.copyOf(terms));
  }

  private static Part.Kind kind(CategoryCount category) {
    if (category.unseen()) {
      return Part.Kind.NEW;
    }
    return category.rare() ? Part.Kind.UNLISTED : Part.Kind.CATEGORY;
  }

  private static boolean inRareBin(
      CategoryCount category, Part.Kind kind, Sides sides, boolean told) {
    return switch (kind) {
      case NEW -> false;
      case UNLISTED -> told;
      default -> rare(category, sides);
    };
  }

  /** As the PSI decides it. */
  private static boolean rare(CategoryCount category, Sides sides) {
    return (double) category.reference() / sides.reference < CategoryTable.RARE;
  }

  /**
   * Whether every category that is not listed is certainly in the PSI's bin of rare ones: none is
   * more frequent than the last that is listed, nor than all of them together.
   */
  private static boolean unlistedAreRare(List<CategoryCount> categories, Sides sides) {
    if (categories.size() <= CategoryCount.LISTED || !categories.get(CategoryCount.LISTED).rare()) {
      return true;
    }
    return rare(categories.get(CategoryCount.LISTED - 1), sides)
        || rare(categories.get(CategoryCount.LISTED), sides);
  }

  private static String label(CategoryCount category, Part.Kind kind) {
    return switch (kind) {
      case NEW -> NEW;
      case UNLISTED -> UNLISTED;
      default -> category.name();
    };
  }

  private static String quoted(CategoryCount category, Part.Kind kind) {
    return kind == Part.Kind.CATEGORY ? Labels.quoted(category.name()) : label(category, kind);
  }

  /** The counts of both sides. */
  private static final class Sides {
    private long reference;
    private long current;

    void add(long ofReference, long ofCurrent) {
      reference += ofReference;
      current += ofCurrent;
    }

    double term(long ofReference, long ofCurrent) {
      return PopulationStabilityIndex.term(
          (double) ofReference / reference, (double) ofCurrent / current);
    }

    Part part(Part.Kind kind, String label, long ofReference, long ofCurrent, Double psi) {
      return new Part(
          kind,
          label,
          ofReference,
          ofCurrent,
          reference == 0 ? null : (Double) ((double) ofReference / reference),
          current == 0 ? null : (Double) ((double) ofCurrent / current),
          psi);
    }
  }
}
