package io.plumbline.drift.explain;

import io.plumbline.events.DriftResult;
import io.plumbline.runtime.config.DriftConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a result says, in words and in the figures behind them: what moved, how much that is, how
 * sure it is, and which segments carry it. Immutable. Sentences and labels hold names from the data
 * as they are: who prints them must take care of what a terminal or HTML would obey.
 *
 * @param severity the overall one
 * @param parts the mass of all bins or categories, in the result's order; empty where there are
 *     none
 * @param psiTerms what each bin of the PSI adds; they sum to it, but for rounding errors of doubles
 * @param shifts the median first, then p1, p5, p95, p99; empty unless both sides have numbers
 * @param segments those that carry most of the change first, column by column
 * @param words the sentences of each topic; a topic without any is left out
 */
public record Explanation(
    String feature,
    String type,
    String severity,
    List<Part> parts,
    List<PsiTerm> psiTerms,
    List<Shift> shifts,
    List<SegmentChange> segments,
    Map<Topic, List<String>> words) {

  /**
   * Explains a judged result of any type.
   *
   * @param whole the result of the empty segment
   * @param ofSegments the same feature's results in segments, in any order; may be empty
   * @param rules those by which they were judged
   * @throws IllegalArgumentException if a result of another feature is among them
   */
  public static Explanation of(DriftResult whole, List<DriftResult> ofSegments, DriftConfig rules) {
    for (DriftResult segment : ofSegments) {
      if (!segment.feature().equals(whole.feature())) {
        throw new IllegalArgumentException(
            "a result of %s among those of %s".formatted(segment.feature(), whole.feature()));
      }
    }
    Comparability comparable = Comparability.of(whole, rules.minRows());
    Parts mass = Parts.of(whole);
    List<Shift> shifts = Shifts.of(whole);
    List<SegmentChange> segments = SegmentChanges.of(whole, ofSegments, rules);
    Map<Topic, List<String>> words = new EnumMap<>(Topic.class);
    words.put(Topic.MOVED, MovedWords.of(whole, comparable, mass.parts(), shifts));
    words.put(Topic.MATTERS, MattersWords.of(whole, mass));
    words.put(Topic.SURE, SureWords.of(whole, comparable, mass, rules));
    words.put(Topic.MISSING, MissingWords.of(whole, comparable));
    words.put(Topic.SEGMENTS, SegmentWords.of(whole, segments));
    words.values().removeIf(List::isEmpty);
    words.replaceAll((topic, sentences) -> List.copyOf(sentences));
    return new Explanation(
        whole.feature(),
        whole.type(),
        whole.overallSeverity(),
        mass.parts(),
        mass.terms(),
        shifts,
        segments,
        Collections.unmodifiableMap(words));
  }

  /** Every sentence, in the order of the topics. */
  public List<String> sentences() {
    List<String> all = new ArrayList<>();
    words.values().forEach(all::addAll);
    return List.copyOf(all);
  }

  /** The sentences of one topic; empty if there is nothing to say. */
  public List<String> sentences(Topic topic) {
    return words.getOrDefault(topic, List.of());
  }
}
