package io.plumbline.runtime.expectation;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.Value;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.control.Revision;
import io.plumbline.stats.category.CategoryTally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class IssuesTest {
  /** What is expected of a feature of which this is the entry in the config. */
  private static Expectation feature(String entry) {
    return Expectation.of(
        ConfigLoader.parse("test", "features:\n  - " + entry).features().get(0),
        null,
        Revision.NONE);
  }

  private static Expectation byReference(ReferenceFeature reference) {
    return Expectation.of(null, reference, Revision.NONE);
  }

  private static CountsByBounds counts(Expectation expected, List<Value> values) {
    FeatureCounts counts = new FeatureCounts();
    CheckedValue checked = new CheckedValue();
    for (Value value : values) {
      checked.check(value, expected);
      counts.add(checked.outcome(), 1);
    }
    CountsByBounds byBounds = new CountsByBounds();
    byBounds.add(expected.bounds(), counts);
    return byBounds;
  }

  private static List<String> issues(Expectation expected, List<Value> values) {
    return Issues.ofValues(counts(expected, values), expected);
  }

  private static List<Value> of(int times, Value value, int more, Value other) {
    List<Value> values = new ArrayList<>(Collections.nCopies(times, value));
    values.addAll(Collections.nCopies(more, other));
    return values;
  }

  @Test
  void nullsAreAnIssueAboveTheirThresholdOnly() {
    Expectation expected = feature("{name: f, type: numeric, null_threshold: 0.05}");
    assertThat(issues(expected, of(95, Value.of(1.0), 5, Value.NULL))).isEmpty();
    // scipy.stats.binom.sf(11, 100, 0.05)
    assertThat(issues(expected, of(88, Value.of(1.0), 12, Value.NULL)))
        .containsExactly("null rate 0.12, threshold 0.05 (chance 0.00427)");
    Expectation none = feature("{name: f, type: numeric, null_threshold: 0.0}");
    assertThat(issues(none, of(99, Value.of(1.0), 1, Value.NULL)))
        .containsExactly("null rate 0.01, threshold 0 (chance 0)");
  }

  @Test
  void whatIsOutOfTheRegisteredRangeIsAnIssueFromTheFirstRowOn() {
    Expectation expected = feature("{name: f, type: numeric, range: {min: 0, max: 500}}");
    assertThat(issues(expected, of(500, Value.of(0.0), 500, Value.of(500L)))).isEmpty();
    assertThat(issues(expected, of(999, Value.of(1.0), 1, Value.of(500.5))))
        .containsExactly("above 500: 0.001 (1 of 1000)");
    assertThat(issues(expected, of(1, Value.of(-1.0), 1, Value.of(1e300))))
        .containsExactly("below 0: 0.5 (1 of 2)", "above 500: 0.5 (1 of 2)");
  }

  @Test
  void whatWasHeldToOtherBoundsIsNotMeasuredByTheseAndIsNotInTheirDenominator() {
    Expectation wide = feature("{name: f, type: numeric, range: {max: 50000}}");
    Expectation narrow =
        feature("{name: f, type: numeric, range: {max: 1000}, null_threshold: 0.2}");
    CountsByBounds counts = counts(wide, of(10, Value.of(60000.0), 90, Value.of(5.0)));
    counts.add(counts(narrow, of(834, Value.of(2000.0), 166, Value.NULL)));
    assertThat(Issues.ofValues(counts, narrow))
        .containsExactly("above 1000: 1 (834 of 834 held to it)");
    assertThat(Issues.ofValues(counts, wide))
        .containsExactly("above 50000: 0.1 (10 of 100 held to it)");
  }

  @Test
  void boundsAreToldAsTheyWereSet() {
    Expectation expected =
        feature(
            "{name: f, type: numeric, range: {min: -0.12345, max: 4962}, null_threshold: 0.1234}");
    List<Value> values = of(2, Value.NULL, 1, Value.of(-1.0));
    values.add(Value.of(5000.0));
    assertThat(issues(expected, values))
        .satisfiesExactly(
            nulls -> assertThat(nulls).startsWith("null rate 0.5, threshold 0.1234 "),
            below -> assertThat(below).isEqualTo("below -0.12345: 0.5 (1 of 2)"),
            above -> assertThat(above).isEqualTo("above 4962: 0.5 (1 of 2)"));
  }

  @Test
  void aSamplesRangeIsLeftByChance() {
    // Of ten times as many values as the sample has, twenty are outside in a calm window.
    Expectation expected = byReference(new ReferenceFeature(120, 10, 100, 0.0, 1.0, null));
    assertThat(issues(expected, of(960, Value.of(0.5), 40, Value.of(2.0)))).isEmpty();
    assertThat(issues(expected, of(900, Value.of(0.5), 100, Value.of(2.0))))
        .containsExactly("above 1, training: 0.1 (100 of 1000)");
  }

  @Test
  void aSampleHasNotSeenAllCategories() {
    Expectation expected =
        byReference(
            new ReferenceFeature(
                100,
                0,
                0,
                null,
                null,
                KnownCategories.of(
                    List.of(new CategoryTally("DE", 60), new CategoryTally("FR", 40)), 10)));
    assertThat(issues(expected, of(999, Value.of("DE"), 1, Value.of("NL")))).isEmpty();
    assertThat(issues(expected, of(900, Value.of("DE"), 100, Value.of("NL"))))
        .containsExactly("new categories 0.1 (100 of 1000)");
  }

  @Test
  void anOpenEndHasNoBound() {
    Expectation expected = feature("{name: f, type: numeric, range: {min: 0}}");
    assertThat(issues(expected, of(1, Value.of(1e308), 1, Value.of(-0.0)))).isEmpty();
  }

  @Test
  void notANumberAndInfinitiesAreToldApart() {
    Expectation expected = feature("{name: f, type: numeric}");
    List<Value> values = of(8, Value.of(1.0), 1, Value.of(Double.NaN));
    values.add(Value.of(Double.NEGATIVE_INFINITY));
    assertThat(issues(expected, values))
        .containsExactly("NaN 0.1 (1 of 10)", "infinite 0.1 (1 of 10)");
  }

  @Test
  void typesAndCategoriesAreThoseOfTheRegistry() {
    Expectation expected = feature("{name: f, type: categorical, categories: [DE, '1', 'true']}");
    List<Value> values = of(1, Value.of("DE"), 1, Value.of(true));
    values.add(Value.of(1L));
    assertThat(issues(expected, values)).isEmpty();
    values.add(Value.of("FR"));
    assertThat(issues(expected, values)).containsExactly("new categories 0.25 (1 of 4)");
    values.add(Value.of(1.5));
    assertThat(issues(expected, values))
        .containsExactly(
            "wrong type 0.2 (1 of 5), expected categorical", "new categories 0.25 (1 of 4)");
    Expectation vector = feature("{name: f, type: embedding}");
    assertThat(issues(vector, of(1, Value.of(new double[] {1, 2}), 1, Value.of(1.0))))
        .containsExactly("wrong type 0.5 (1 of 2), expected embedding");
    assertThat(issues(vector, of(1, Value.of(new double[] {1, Double.NaN}), 0, Value.NULL)))
        .containsExactly("NaN 1 (1 of 1)");
  }

  @Test
  void whatIsNotRegisteredIsAnIssueAndSoAreTwoVersions() {
    assertThat(Issues.ofIdentity(Expectation.none(), new TreeSet<>()))
        .containsExactly("feature not registered");
    assertThat(
            Issues.ofIdentity(
                feature("{name: f, type: numeric}"), new TreeSet<>(List.of("2", "1"))))
        .containsExactly("versions at once: 1, 2");
  }

  @Test
  void figuresAreReadable() {
    assertThat(Quantities.number(0)).isEqualTo("0");
    assertThat(Quantities.number(0.123456)).isEqualTo("0.123");
    assertThat(Quantities.exact(1e15)).isEqualTo("1E+15");
    assertThat(Quantities.exact(123456789.25)).isEqualTo("123456789.25");
    assertThat(Quantities.exact(-0.0)).isEqualTo("0");
    assertThat(Quantities.number(1234567)).isEqualTo("1230000");
    assertThat(Quantities.number(1.2345e-9)).isEqualTo("1.23E-9");
    assertThat(Quantities.number(-5e20)).isEqualTo("-5E+20");
    assertThat(Quantities.length(Duration.ofMillis(1500))).isEqualTo("1.5s");
    assertThat(Quantities.length(Duration.ofSeconds(60))).isEqualTo("1m");
    assertThat(Quantities.length(Duration.ofMinutes(133).plusSeconds(5))).isEqualTo("2h13m");
    assertThat(Quantities.length(Duration.ofHours(49))).isEqualTo("2d1h");
  }
}
