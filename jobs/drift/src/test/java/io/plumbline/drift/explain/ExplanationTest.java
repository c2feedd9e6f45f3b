package io.plumbline.drift.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.events.DriftResult;
import io.plumbline.runtime.config.DriftConfig;
import io.plumbline.runtime.config.PlumblineConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every kind of result in words. */
class ExplanationTest {
  private static final DriftConfig RULES = PlumblineConfig.defaults().drift();

  /**
   * Four bins with shares 0.25, 0.25, 0.5, 0 in the reference and 0.1, 0.25, 0.4, 0.25 in the
   * current data: terms (0.1 - 0.25) ln(0.1 / 0.25) = 0.13744361, 0, (0.4 - 0.5) ln(0.4 / 0.5) =
   * 0.02231436 and (0.25 - 0.0001) ln(0.25 / 0.0001) = 1.95522910; sum 2.11498707.
   */
  private static ResultBuilder shifted() {
    ResultBuilder result =
        ResultBuilder.of("numeric", 1000, 2000)
            .bin(null, 0.0, false, 250, 200)
            .bin(0.0, 0.0, true, 250, 500)
            .bin(0.0, 12.3456, false, 500, 800)
            .bin(12.3456, null, false, 0, 500)
            .psi(2.11498707, 1e-200)
            .high("PSI 2.115 > 0.25");
    result.ksStatistic = 0.25;
    result.ksPValue = 1e-40;
    result.wasserstein = 5.0;
    result.referenceProfile = ResultBuilder.profile(4, -9, -5, 2, 8, 10);
    result.currentProfile = ResultBuilder.profile(6, -9, -4, 5, 20, 30);
    return result;
  }

  private static Explanation explain(ResultBuilder result) {
    return Explanation.of(result.build(), List.of(), RULES);
  }

  @Test
  void thePsiByBinIsThatOfTheFormula() {
    Explanation explanation = explain(shifted());
    assertThat(explanation.parts())
        .extracting(Part::label)
        .containsExactly("below 0", "0", "above 0 to 12.3", "12.3 and above");
    assertThat(explanation.parts())
        .extracting(Part::kind)
        .containsExactly(Part.Kind.BIN, Part.Kind.ATOM, Part.Kind.BIN, Part.Kind.BIN);
    double[] terms = {0.13744361, 0, 0.02231436, 1.95522910};
    for (int i = 0; i < terms.length; i++) {
      assertThat(explanation.psiTerms().get(i).value()).isCloseTo(terms[i], within(1e-8));
      assertThat(explanation.parts().get(i).psi()).isEqualTo(explanation.psiTerms().get(i).value());
    }
  }

  @Test
  void numbersMovedInWords() {
    Explanation explanation = explain(shifted());
    assertThat(explanation.sentences(Topic.MOVED))
        .containsExactly(
            "The median rose from 2 to 5: +3, 0.75 standard deviations of the reference.",
            "Tails: p1 -9 -> -9, p5 -5 -> -4, p95 8 -> 20, p99 10 -> 30.",
            "The standard deviation went from 4 to 6.",
            "Gained: 12.3 and above (0.0 % -> 25.0 %, +25.0 points).",
            "Lost: below 0 (25.0 % -> 10.0 %, -15.0 points);"
                + " above 0 to 12.3 (50.0 % -> 40.0 %, -10.0 points).");
    // 1.95522910 / 2.11498707 = 0.92446; half of 0.15 + 0.1 + 0.25 is 0.25.
    assertThat(explanation.sentences(Topic.MATTERS))
        .containsExactly(
            "Severity high (PSI 2.115 > 0.25).",
            "25.0 % of the values moved to other bins.",
            "PSI 2.115 by bin: 12.3 and above 1.955 (92.4 %); below 0 0.1374 (6.5 %);"
                + " above 0 to 12.3 0.02231 (1.1 %).",
            "A bin with less than 0.01 % on one side counts in the PSI as if it had that much there.",
            "Values would have to move by 5 on average to undo it (Wasserstein distance),"
                + " 1.25 standard deviations of the reference.",
            "The cumulative distributions are 0.25 apart at most (KS statistic).");
    assertThat(explanation.sentences(Topic.MISSING))
        .containsExactly("No cell is missing on either side.");
    assertThat(explanation.words()).doesNotContainKey(Topic.SEGMENTS);
  }

  @Test
  void noiseIsSaidInSamples() {
    // Four bins: (1 / 1000 + 1 / 2000) * 3 = 0.0045.
    assertThat(explain(shifted()).sentences(Topic.SURE))
        .containsExactly(
            "With 1,000 usable values in the reference and 2,000 in the current data, chance alone"
                + " makes differences of this size in fewer than 1 of 1,000,000 such samples"
                + " (p 1e-200), so noise does not explain them (noise_alpha 0.001).",
            "Without any drift a PSI of about 0.0045 would be usual at this size.",
            "Tests of whether the two sides are the same: Kolmogorov-Smirnov p 1e-40.");
    ResultBuilder noise = shifted().psi(0.3, 0.27);
    noise.severity = "none";
    assertThat(explain(noise).sentences(Topic.SURE).get(0))
        .startsWith("Noise alone could do it: with 1,000 usable values")
        .contains("about 27 of 100 such samples (p 0.27), so the PSI does not count");
    assertThat(explain(shifted().psi(0.3, 1 / 4321.0)).sentences(Topic.SURE).get(0))
        .contains("about 1 of 4,300 such samples (p 0.0002314)");
    DriftConfig unguarded = RULES.with(null, 1.0, null, null, null);
    assertThat(Explanation.of(noise.build(), List.of(), unguarded).sentences(Topic.SURE).get(0))
        .endsWith("the noise guard is off, so the PSI counts either way.");
  }

  @Test
  void aCertainButSmallChangeIsCalledSo() {
    ResultBuilder small = shifted().psi(0.002, 1e-9);
    small.severity = "low";
    assertThat(explain(small).sentences(Topic.SURE))
        .contains("The change is certain, but small: with so many values any difference shows.");
  }

  @Test
  void categoriesMovedInWords() {
    ResultBuilder result =
        ResultBuilder.of("categorical", 1000, 1000)
            .category("a", 600, 490)
            .category("b", 300, 310)
            .category("", 100, 0)
            .category("__new__", 0, 200)
            .psi(2.2, 0)
            .high("PSI 2.2 > 0.25");
    result.newCategoryRatio = 0.2;
    Explanation explanation = explain(result);
    assertThat(explanation.parts())
        .extracting(Part::kind)
        .containsExactly(Part.Kind.CATEGORY, Part.Kind.CATEGORY, Part.Kind.CATEGORY, Part.Kind.NEW);
    assertThat(explanation.sentences(Topic.MOVED))
        .containsExactly(
            "Gained: new categories (0.0 % -> 20.0 %, +20.0 points);"
                + " \"b\" (30.0 % -> 31.0 %, +1.0 points).",
            "Lost: \"a\" (60.0 % -> 49.0 %, -11.0 points); \"\" (10.0 % -> 0.0 %, -10.0 points).",
            "20.0 % of the current values are in categories that the reference never had.",
            "Vanished: \"\" (10.0 % of the reference).");
  }

  @Test
  void rareCategoriesHaveOneBinTogether() {
    // Rare: below 10 of 10,000. Together 5 + 4 = 9 against 0 + 1000 of 10,000:
    // (0.1 - 0.0009) ln(0.1 / 0.0009) = 0.46681.
    ResultBuilder result =
        ResultBuilder.of("categorical", 10_000, 10_000)
            .category("common", 9991, 9000)
            .category("r1", 5, 0)
            .category("r2", 4, 1000)
            .psi(0.1036 + 0.4668, 0);
    Explanation explanation = explain(result);
    assertThat(explanation.parts()).extracting(Part::psi).element(1).isNull();
    assertThat(explanation.psiTerms())
        .extracting(PsiTerm::label)
        .containsExactly("\"common\"", "rare categories together");
    assertThat(explanation.psiTerms().get(1).value()).isCloseTo(0.46681, within(1e-5));
    assertThat(explanation.sentences(Topic.MOVED).get(0))
        .isEqualTo("Gained: \"r2\" (<0.1 % -> 10.0 %, +10.0 points).");
  }

  @Test
  void categoriesThatAreNotListedHaveWhatIsLeftOfThePsi() {
    // 50 listed with 10 each and 50 more in 500: none is rare, so the bins of the rest are unknown.
    ResultBuilder result = ResultBuilder.of("categorical", 1000, 1000);
    result.category("\"__rare__\"", 10, 20);
    for (int i = 1; i < 50; i++) {
      result.category("c" + i, 10, 10);
    }
    result.category("__rare__", 500, 490).psi(0.5, 0);
    Explanation explanation = explain(result);
    // A category may be called as the group is: 0.01 ln 2 = 0.0069315.
    assertThat(explanation.psiTerms().get(0))
        .isEqualTo(new PsiTerm("\"__rare__\"", 1, explanation.parts().get(0).psi()));
    assertThat(explanation.parts().get(0).psi()).isCloseTo(0.0069315, within(1e-7));
    PsiTerm rest = explanation.psiTerms().get(50);
    assertThat(rest.bins()).isZero();
    assertThat(rest.value()).isCloseTo(0.5 - 0.0069315, within(1e-7));
    assertThat(explanation.sentences(Topic.MATTERS))
        .contains(
            "At least 1.0 % of the values moved to other categories.",
            "The categories that are not listed are several bins of the PSI; only their sum is"
                + " known.");
    assertThat(explanation.sentences(Topic.SURE)).noneMatch(s -> s.contains("would be usual"));
  }

  @Test
  void longListsAreCutAndSaySo() {
    ResultBuilder result = ResultBuilder.of("categorical", 1000, 1000);
    for (int i = 0; i < 10; i++) {
      result.category("c" + i, 100, i < 5 ? 100 + 10 * (i + 1) : 100 - 10 * (i - 4));
    }
    assertThat(explain(result.psi(0.2, 0)).sentences(Topic.MOVED).get(0))
        .isEqualTo(
            "Gained: \"c4\" (10.0 % -> 15.0 %, +5.0 points); \"c3\" (10.0 % -> 14.0 %, +4.0"
                + " points); \"c2\" (10.0 % -> 13.0 %, +3.0 points); and 2 more (+3.0 points).");
  }

  @Test
  void aMissingColumnIsAllThatIsSaid() {
    ResultBuilder result = ResultBuilder.of("numeric", 1000, 0).bin(null, null, false, 1000, 0);
    result.overallSeverity = "high";
    result.severity = "insufficient";
    result.reason = "missing_column: only the reference has column amount";
    Explanation explanation = explain(result);
    assertThat(explanation.sentences())
        .containsExactly(
            "Severity high (missing_column: only the reference has column amount).",
            "The current data does not have this column at all; the reference has.");
    assertThat(explanation.parts().get(0).label()).isEqualTo("all values");
    assertThat(explanation.parts().get(0).currentShare()).isNull();
    assertThat(explanation.psiTerms()).isEmpty();
  }

  @Test
  void nothingButMissingCells() {
    ResultBuilder result =
        ResultBuilder.of("numeric", 1000, 500)
            .bin(null, 3.0, false, 500, 0)
            .bin(3.0, null, false, 490, 0);
    result.referenceNulls = 10;
    result.currentNulls = 480;
    result.currentInfinities = 20;
    result.missingPValue = 0.0;
    result.overallSeverity = "high";
    result.missingSeverity = "high";
    result.reason = "all_missing: missing cells 1.0 % -> 100.0 %, p 0";
    Explanation explanation = explain(result);
    assertThat(explanation.sentences(Topic.MOVED))
        .containsExactly(
            "The current data does not have a usable value, so there is nothing to compare.");
    assertThat(explanation.sentences(Topic.MISSING))
        .containsExactly(
            "Every current cell is missing.",
            "Missing cells: 1.0 % -> 100.0 % (+99.0 points); chance alone does as much in fewer"
                + " than 1 of 1,000,000 such samples (p < 1e-300).",
            "Infinite cells count among them: 0 in the reference, 20 in the current data.");
    assertThat(explanation.sentences(Topic.SURE)).isEmpty();
  }

  @Test
  void tooFewValuesAreNoVerdict() {
    ResultBuilder result = shifted();
    result.currentRows = 12;
    result.overallSeverity = "insufficient";
    result.severity = "insufficient";
    result.reason = "1000 and 12 usable rows; a verdict needs 30 on both sides";
    Explanation explanation = explain(result);
    assertThat(explanation.sentences(Topic.MATTERS).get(0)).startsWith("No verdict: 1000 and 12");
    assertThat(explanation.sentences(Topic.SURE))
        .containsExactly(
            "Too few to say: 1,000 usable values in the reference and 12 in the current data,"
                + " where a verdict needs 30 on both sides.");
  }

  @Test
  void emptySidesHaveNoShares() {
    for (long[] rows : new long[][] {{0, 0}, {0, 5}, {5, 0}}) {
      ResultBuilder result = ResultBuilder.of("categorical", rows[0], rows[1]);
      result.category("a", rows[0], rows[1]);
      result.overallSeverity = "insufficient";
      Explanation explanation = explain(result);
      assertThat(explanation.sentences()).noneMatch(s -> s.contains("NaN"));
      assertThat(explanation.sentences(Topic.MISSING).get(0)).endsWith("no rows.");
    }
  }

  @Test
  void severalColumnsTogetherAndEmbeddings() {
    ResultBuilder several = ResultBuilder.of("multivariate", 1000, 1000).high("MMD^2 0.2 > 0.1");
    several.mmd2 = 0.2;
    several.mmdPValue = 0.001;
    Explanation explanation = explain(several);
    assertThat(explanation.sentences(Topic.MOVED).get(0))
        .startsWith("Several columns are compared together");
    assertThat(explanation.sentences(Topic.SURE))
        .containsExactly(
            "Tests of whether the two sides are the same: maximum mean discrepancy p 0.001.",
            "The discrepancy is of at most 500 rows a side: with sides drawn at random it is as large in about 1 of 1,000 such samples, and p cannot be below 0.001.");
    ResultBuilder embedding = ResultBuilder.of("embedding", 1000, 1000);
    embedding.referenceProfile = ResultBuilder.profile(0, 1, 1, 1, 1, 1);
    embedding.currentProfile = ResultBuilder.profile(0, 1, 1, 1, 1, 1);
    assertThat(explain(embedding).sentences(Topic.MOVED))
        .containsExactly(
            "The following is of the vectors' lengths, not of their directions.",
            "The median stayed at 1.",
            "The tails (p1, p5, p95, p99) stayed where they were.");
  }

  @Test
  void aConstantThatChangesHasNoDeviationsToCountIn() {
    ResultBuilder result = ResultBuilder.of("numeric", 100, 100);
    result.referenceProfile = ResultBuilder.profile(0, 5, 5, 5, 5, 5);
    result.currentProfile = ResultBuilder.profile(0, 0, 0, 0, 0, 0);
    Explanation explanation = explain(result);
    assertThat(explanation.shifts().get(0)).isEqualTo(new Shift("0.5", 5, 0, null));
    assertThat(explanation.sentences(Topic.MOVED).get(0))
        .isEqualTo("The median fell from 5 to 0: -5, the reference does not vary at all.");
  }

  @Test
  void boundsAreSaid() {
    ResultBuilder result = shifted();
    result.bounds.put("psi", 0.002);
    result.bounds.put("psi_p_value", 1.0);
    assertThat(explain(result).sentences(Topic.SURE))
        .contains(
            "More distinct values than fit in memory, so these figures may be off: psi by at most"
                + " 0.002, psi_p_value may be anything.");
  }

  @Test
  void figuresThatAreNotExactEnoughAreNoVerdict() {
    ResultBuilder result = shifted().psi(0.2, 1e-9);
    result.bounds.put("psi", 0.1);
    result.overallSeverity = "insufficient";
    result.severity = "insufficient";
    result.reason = "not exact enough: PSI 0.2 may be off by 0.1";
    Explanation explanation = explain(result);
    assertThat(explanation.sentences(Topic.MATTERS).get(0))
        .isEqualTo("No verdict: not exact enough: PSI 0.2 may be off by 0.1.");
    assertThat(explanation.sentences(Topic.SURE))
        .startsWith(
            "No verdict on the distribution: its figures may lie on either side of a threshold."
                + " Without --approximate, and with a profile only if it was taken with --exact,"
                + " they are exact.")
        .noneMatch(sentence -> sentence.contains("small"));
  }

  @Test
  void whetherItIsNoiseIsOpenWhereTheBoundSaysSo() {
    ResultBuilder result = shifted().psi(0.02, 0.0005);
    result.bounds.put("psi_p_value", 0.01);
    assertThat(explain(result).sentences(Topic.SURE).get(0))
        .isEqualTo(
            "Whether noise alone could do it is open: psi_p_value may lie on either side of"
                + " noise_alpha (0.001).");
  }

  @Test
  void newCategoriesAreNoNoiseWhereMergedBinsHideThem() {
    ResultBuilder result =
        ResultBuilder.of("categorical", 800, 170)
            .category("a", 800, 154)
            .category("__new__", 0, 16)
            .psi(0.6, 0.0065)
            .high("PSI 0.6 > 0.25");
    result.newCategoryRatio = 16.0 / 170;
    result.newCategoryPValue = 8.7e-13;
    assertThat(explain(result).sentences(Topic.SURE).get(0))
        .isEqualTo(
            "With 800 usable values in the reference and 170 in the current data, chance alone"
                + " makes differences of this size in about 1 of 150 such samples (p 0.0065), and"
                + " a new category as frequent as here in fewer than 1 of 1,000,000 such samples"
                + " (p 8.7e-13), so noise does not explain them (noise_alpha 0.001).");
  }

  @Test
  void aSegmentWithNewCategoriesCarriesTheChange() {
    ResultBuilder segment = part("country=AT", 800, 170, 0.6, 0.0065);
    segment.newCategoryRatio = 16.0 / 170;
    segment.newCategoryPValue = 8.7e-13;
    assertThat(bySegment(part("", 800, 170, 0.6, 0.0065), segment).segments().get(0).carried())
        .isEqualTo(1);
  }

  private static ResultBuilder part(String segment, long before, long after, double psi, double p) {
    ResultBuilder result = ResultBuilder.of("numeric", before, after).psi(psi, p).segment(segment);
    return psi > 0.25 && p < 0.001 && before >= 30 ? result.high("PSI") : result;
  }

  private static Explanation bySegment(ResultBuilder whole, ResultBuilder... segments) {
    List<DriftResult> results = Stream.of(segments).map(ResultBuilder::build).toList();
    return Explanation.of(whole.build(), results, RULES);
  }

  private static ResultBuilder drifted() {
    return ResultBuilder.of("numeric", 1000, 1000).psi(0.4, 0).high("PSI 0.4 > 0.25");
  }

  @Test
  void oneSegmentAlone() {
    Explanation explanation =
        bySegment(
            drifted(),
            part("country=DE", 200, 200, 0.9, 0),
            part("country=FR", 780, 780, 0.01, 0.4),
            part("country=XX", 20, 20, 3.0, 0));
    assertThat(explanation.segments())
        .extracting(SegmentChange::segment)
        .containsExactly("country=DE", "country=FR", "country=XX");
    assertThat(explanation.segments().get(0).carried()).isEqualTo(1);
    assertThat(explanation.sentences(Topic.SEGMENTS))
        .containsExactly(
            "By country: the change is in country=DE alone (PSI 0.9 on 20.0 % of the rows);"
                + " elsewhere PSI is at most 0.01.",
            "1 of 3 segments drifted by themselves.",
            "1 of the 3 segments has too few values to say.");
  }

  @Test
  void allSegmentsAlike() {
    assertThat(
            bySegment(
                    drifted(),
                    part("country=DE", 500, 500, 0.3, 0),
                    part("country=FR", 500, 500, 0.5, 0))
                .sentences(Topic.SEGMENTS)
                .get(0))
        .isEqualTo("By country: both segments moved about alike (PSI from 0.3 to 0.5).");
  }

  @Test
  void aThousandSegmentsAreRankedByRowsTimesPsi() {
    // Weights 100 * 0.5 = 50, 400 * 0.1 = 40 and 8 more of 10 * 0.125 = 1.25: sum 100.
    List<ResultBuilder> segments = new ArrayList<>();
    segments.add(part("shop=small", 100, 100, 0.5, 0));
    segments.add(part("shop=large", 400, 400, 0.1, 0));
    for (int i = 0; i < 8; i++) {
      ResultBuilder few = part("shop=s" + i, 10, 10, 0.125, 0);
      few.referenceRows = 40;
      few.currentRows = 40;
      few.psi = 0.125 / 4;
      segments.add(few);
    }
    for (int i = 0; i < 990; i++) {
      segments.add(part("shop=n" + i, 30, 30, 0.02, 0.5));
    }
    Explanation explanation = bySegment(drifted(), segments.toArray(ResultBuilder[]::new));
    assertThat(explanation.segments()).hasSize(1000);
    assertThat(explanation.segments().stream().mapToDouble(SegmentChange::carried).sum())
        .isCloseTo(1, within(1e-12));
    assertThat(explanation.sentences(Topic.SEGMENTS).get(0))
        .isEqualTo(
            "By shop: shop=small carries 50.0 % of the change (PSI 0.5 on 10.0 % of the rows);"
                + " shop=large carries 40.0 % of the change (PSI 0.1 on 40.0 % of the rows);"
                + " shop=s0 carries 1.3 % of the change (PSI 0.03125 on 4.0 % of the rows);"
                + " 7 more carry 8.8 %.");
  }

  @Test
  void theMixOfSegmentsCanBeTheChange() {
    assertThat(
            bySegment(
                    drifted(),
                    part("country=DE", 200, 600, 0.01, 0.3),
                    part("country=ES", 300, 150, 0.01, 0.3),
                    part("country=FR", 500, 250, 0.01, 0.3))
                .sentences(Topic.SEGMENTS))
        .containsExactly(
            "By country: within the segments nothing moved beyond noise.",
            "The mix of segments changed: country=DE 20.0 % -> 60.0 % of the rows;"
                + " country=FR 50.0 % -> 25.0 % of the rows;"
                + " country=ES 30.0 % -> 15.0 % of the rows.",
            "Within the segments PSI is 0 on average, in the whole 0.4: most of the change is that"
                + " mix.");
  }

  @Test
  void aSegmentThatTheWholeHidesAndMissingCellsBySegment() {
    ResultBuilder whole = ResultBuilder.of("numeric", 1000, 1000).psi(0.01, 0.5);
    assertThat(
            bySegment(whole, part("a=1", 100, 100, 0.9, 0), part("a=2", 900, 900, 0.01, 0.5))
                .sentences(Topic.SEGMENTS))
        .contains("1 of 2 segments drifted by themselves, which the whole hides.");
    whole.missingSeverity = "high";
    whole.currentNulls = 150;
    ResultBuilder gone = part("a=1", 200, 200, 0.01, 0.5);
    gone.currentNulls = 150;
    assertThat(bySegment(whole, gone, part("a=2", 800, 800, 0.01, 0.5)).sentences(Topic.SEGMENTS))
        .contains("Of the change in missing cells: a=1 +15.0 points.");
  }

  @Test
  void edgesKeepAsManyDigitsAsTellThemApart() {
    ResultBuilder result =
        ResultBuilder.of("numeric", 100, 100)
            .bin(null, 1000.0001, false, 50, 50)
            .bin(1000.0001, 1000.0002, false, 30, 30)
            .bin(1000.0002, 4e15, false, 20, 20)
            .bin(4e15, null, false, 0, 0);
    assertThat(explain(result).parts())
        .extracting(Part::label)
        .containsExactly(
            "below 1000.0001", "1000.0001 to 1000.0002", "1000.0002 to 4e15", "4e15 and above");
  }

  @Test
  void resultsOfAnotherFeatureAreRefused() {
    ResultBuilder other = part("a=1", 10, 10, 0, 1);
    other.feature = "income";
    assertThatThrownBy(() -> bySegment(drifted(), other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a result of income among those of amount");
  }
}
