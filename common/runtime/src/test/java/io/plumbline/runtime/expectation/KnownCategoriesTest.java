package io.plumbline.runtime.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.stats.category.CategoryTally;
import io.plumbline.stats.proportion.ExpectedShare;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a stream keeps of a reference's categories. */
class KnownCategoriesTest {
  /** One of half the rows, and a thousand rare ones of falling counts. */
  private static List<CategoryTally> tallies() {
    List<CategoryTally> tallies = new ArrayList<>();
    long rare = 0;
    for (int i = 0; i < 1000; i++) {
      long count = 1L + i % 100;
      tallies.add(new CategoryTally("rare-" + i, count));
      rare += count;
    }
    tallies.add(new CategoryTally("half", rare));
    return tallies;
  }

  @Test
  void frequentOnesAndAllTheOthersAreKnownWithTheirCounts() {
    KnownCategories known = KnownCategories.of(tallies(), 10_000);
    assertThat(known.count("half")).isEqualTo(50_500);
    for (int i = 0; i < 1000; i++) {
      assertThat(known.count("rare-" + i)).isEqualTo(1L + i % 100);
    }
    assertThat(known.contains("rare-1000")).isFalse();
    assertThat(known.contains("")).isFalse();
    assertThat(known.bound()).isZero();
    // Ten of the thousand stand once, in 101,000 rows.
    assertThat(mean(known)).isCloseTo(11 / 101_002.0, within(1e-15));
  }

  private static double mean(KnownCategories known) {
    return known.unseen().alpha() / (known.unseen().alpha() + known.unseen().beta());
  }

  @Test
  void overTheLimitTheRarestAreLeftOutAndTheBoundSaysHowManyRowsTheyAre() {
    KnownCategories known = KnownCategories.of(tallies(), 501);
    // The 500 most frequent of the thousand: counts of 100 down to 51.
    assertThat(known.contains("rare-50")).isTrue();
    assertThat(known.contains("rare-49")).isFalse();
    assertThat(known.bound()).isCloseTo(10 * (50 * 51 / 2) / 101_000.0, within(1e-15));
    assertThat(mean(known)).isGreaterThan(known.bound());
  }

  @Test
  void aNameIsKeptInAnyCase() {
    KnownCategories known =
        KnownCategories.of(List.of(new CategoryTally("a", 7), new CategoryTally("b", 3)), 1);
    assertThat(known.contains("a")).isTrue();
    assertThat(known.contains("b")).isTrue();
  }

  @Test
  void aListIsAllThereIs() {
    KnownCategories known = KnownCategories.listed(List.of("DE", "FR"));
    assertThat(known.contains("FR")).isTrue();
    assertThat(known.contains("NL")).isFalse();
    assertThat(known.unseen()).isEqualTo(ExpectedShare.NONE);
  }

  @Test
  void theSameOnesHaveTheSameFingerprint() {
    long fingerprint = KnownCategories.listed(List.of("DE", "FR")).fingerprint();
    assertThat(KnownCategories.listed(List.of("FR", "DE")).fingerprint()).isEqualTo(fingerprint);
    assertThat(KnownCategories.listed(List.of("DE")).fingerprint()).isNotEqualTo(fingerprint);
    // Those without a name count too.
    assertThat(KnownCategories.of(tallies(), 501).fingerprint())
        .isNotEqualTo(KnownCategories.of(tallies(), 500).fingerprint());
  }
}
