package io.plumbline.drift.explain;

import io.plumbline.events.BinCount;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Names of the bins of one feature, with no more digits than it takes to tell them apart. */
final class BinLabels {
  private static final int FEWEST_DIGITS = 3;

  /** With these every double differs from every other. */
  private static final int MOST_DIGITS = 17;

  private BinLabels() {}

  static List<String> of(List<BinCount> bins) {
    MathContext digits = digits(bins);
    List<String> labels = new ArrayList<>();
    boolean afterAtom = false;
    for (BinCount bin : bins) {
      labels.add(label(bin, afterAtom, digits));
      afterAtom = bin.atom();
    }
    return labels;
  }

  private static MathContext digits(List<BinCount> bins) {
    TreeSet<Double> edges = new TreeSet<>();
    for (BinCount bin : bins) {
      if (bin.from() != null) {
        edges.add(bin.from());
      }
      if (bin.to() != null) {
        edges.add(bin.to());
      }
    }
    for (int digits = FEWEST_DIGITS; digits < MOST_DIGITS; digits++) {
      MathContext context = new MathContext(digits);
      if (edges.stream().map(edge -> Numbers.rounded(edge, context)).distinct().count()
          == edges.size()) {
        return context;
      }
    }
    return new MathContext(MOST_DIGITS);
  }

  /** An atom holds its value, so that the bin after it begins above. */
  private static String label(BinCount bin, boolean afterAtom, MathContext digits) {
    if (bin.from() == null && bin.to() == null) {
      return "all values";
    }
    if (bin.atom()) {
      return Numbers.rounded(bin.from() == null ? bin.to() : bin.from(), digits);
    }
    if (bin.from() == null) {
      return "below " + Numbers.rounded(bin.to(), digits);
    }
    String from = Numbers.rounded(bin.from(), digits);
    if (bin.to() == null) {
      return afterAtom ? "above " + from : from + " and above";
    }
    return (afterAtom ? "above " : "") + from + " to " + Numbers.rounded(bin.to(), digits);
  }
}
