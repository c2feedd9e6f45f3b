package io.plumbline.onlinemetrics.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which labels are the classes of a binary model. */
class ClassRuleTest {
  @ParameterizedTest
  @CsvSource({
    ", , true, POSITIVE",
    ", , 1, POSITIVE",
    ", , false, NEGATIVE",
    ", , 0, NEGATIVE",
    ", , 2,",
    ", , True,",
    "bad, , bad, POSITIVE",
    "bad, , 1, NEGATIVE",
    "bad, , anything, NEGATIVE",
    "bad, good, bad, POSITIVE",
    "bad, good, good, NEGATIVE",
    "bad, good, 0,",
    ", -1, -1, NEGATIVE",
    ", -1, 1, POSITIVE",
    ", -1, true, POSITIVE",
    ", -1, 0,"
  })
  void aLabelIsOneClassTheOtherOrNeither(
      String positive, String negative, String label, BinaryClass expected) {
    assertThat(new ClassRule(positive, negative).of(label)).isEqualTo(expected);
  }
}
