package io.plumbline.runtime.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.events.Answer;
import io.plumbline.events.FeatureNames;
import io.plumbline.events.FeatureValues;
import io.plumbline.events.Prediction;
import io.plumbline.events.Prediction.Role;
import io.plumbline.events.Segment;
import io.plumbline.events.ValueKind;
import io.plumbline.runtime.segment.SegmentValues.ValueRows;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The text of a segment, and in which segment a value is. */
class SegmentTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      nullValues = "null",
      value = {
        "null|c=",
        "''|c=\"\"",
        "DE|c=DE",
        "a=b|c=a=b",
        "_x|c=_x",
        "x__other__|c=x__other__",
        "back\\slash|c=back\\slash",
        "__other__|c=\"__other__\"",
        "__|c=\"__\"",
        "__a\\\"b|c=\"__a\\\\\\\"b\"",
        "\"|c=\"\\\"\"",
        "\"\"|c=\"\\\"\\\"\"",
        "\"\\|c=\"\\\"\\\\\"",
        "\"__other__\"|c=\"\\\"__other__\\\"\""
      })
  void aValueIsWrittenSoThatItIsReadAgain(String value, String text) {
    Segment segment = Segment.of("c", value);
    assertThat(segment.text()).isEqualTo(text);
    assertThat(Segment.parse(text)).isEqualTo(segment);
  }

  @Test
  void theOthersAreNoValue() {
    assertThat(Segment.ofOthers("c").text()).isEqualTo("c=__other__");
    assertThat(Segment.parse("c=__other__")).isEqualTo(Segment.ofOthers("c"));
    assertThatThrownBy(() -> Segment.parse("")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void valuesWithoutANameAndNullsHaveOneSegmentEach() {
    SegmentColumn column = SegmentColumn.of("c", List.of("b", "__other__", "", "a", "left out"), 4);
    assertThat(column.size()).isEqualTo(6);
    assertThat(column.text(column.number(""))).isEqualTo("c=\"\"");
    assertThat(column.text(column.number("a"))).isEqualTo("c=a");
    assertThat(column.text(column.number("__other__"))).isEqualTo("c=\"__other__\"");
    assertThat(column.text(column.number("left out"))).isEqualTo("c=__other__");
    assertThat(column.text(column.number(null))).isEqualTo("c=");
    assertThat(SegmentColumn.of("c", List.of("a", "a"), 2).size()).isEqualTo(3);
  }

  @Test
  void anAnswersSegmentIsTheOneThatItsPredictionIsCountedIn() {
    SegmentColumn column =
        SegmentColumn.of(
            "c", List.of("1.5", "7", "true", "[7.0]", "OTHER", "1.0E15", "NaN", "DE", ""), 50);
    for (FeatureValues feature :
        List.of(
            number(1.5),
            number(7),
            number(-0.0),
            number(1e15),
            number(Double.NaN),
            value(ValueKind.INTEGER, 7, null),
            value(ValueKind.INTEGER, 1_000_000_000_000_000L, null),
            value(ValueKind.BOOLEAN, 1, null),
            value(ValueKind.BOOLEAN, 0, null),
            value(ValueKind.TEXT, 0, "DE"),
            value(ValueKind.TEXT, 0, "1.5"),
            value(ValueKind.TEXT, 0, ""),
            value(ValueKind.TEXT, 0, "__other__"),
            value(ValueKind.VECTOR, 0, new double[] {7}),
            value(ValueKind.OTHER, 0, null),
            value(ValueKind.NULL, 0, null),
            value(ValueKind.ABSENT, 0, null))) {
      Answer answer =
          Answer.of(
              new Prediction(
                  "p",
                  "m",
                  "v",
                  Role.CHAMPION,
                  1,
                  feature,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  Map.of(),
                  null,
                  null),
              List.of("c"));
      assertThat(column.numberOf(answer.segments().get("c")))
          .as("%s", feature)
          .isEqualTo(column.number(feature, 0));
    }
    assertThat(column.number(number(1.5), 0)).isEqualTo(column.ofOthers());
    assertThat(column.text(column.number("1.5"))).isEqualTo("c=1.5");
  }

  private static FeatureValues value(ValueKind kind, long bits, Object object) {
    return new FeatureValues(
        new FeatureNames(List.of("c")),
        new byte[] {kind.code()},
        new long[] {bits},
        new Object[] {object},
        null);
  }

  private static FeatureValues number(double value) {
    return value(ValueKind.NUMBER, Double.doubleToLongBits(value), null);
  }

  @Test
  void aFeatureIsInTheSegmentOfItsText() {
    SegmentColumn column =
        SegmentColumn.of(
            "c",
            List.of(
                "true", "7", "-7", "0", "07", "0.5", "9223372036854775807", "9223372036854775808"),
            50);
    assertThat(column.text(column.number(value(ValueKind.INTEGER, 7, null), 0))).isEqualTo("c=7");
    assertThat(column.text(column.number(value(ValueKind.INTEGER, -7, null), 0))).isEqualTo("c=-7");
    assertThat(column.text(column.number(value(ValueKind.INTEGER, Long.MAX_VALUE, null), 0)))
        .isEqualTo("c=9223372036854775807");
    assertThat(column.text(column.number(value(ValueKind.TEXT, 0, "07"), 0))).isEqualTo("c=07");
    assertThat(column.text(column.number(value(ValueKind.BOOLEAN, 1, null), 0)))
        .isEqualTo("c=true");
    // Whole numbers are written in many ways; -0.0 is one of them.
    assertThat(column.text(column.number(number(7.0), 0))).isEqualTo("c=7");
    assertThat(column.text(column.number(number(-0.0), 0))).isEqualTo("c=0");
    assertThat(column.number(value(ValueKind.NULL, 0, null), 0)).isEqualTo(column.ofNull());
    assertThat(column.number(value(ValueKind.ABSENT, 0, null), 0)).isEqualTo(column.ofNull());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1e15, Double.NaN, Double.POSITIVE_INFINITY, 8})
  void aNumberWithoutANameIsAmongTheOthers(double value) {
    SegmentColumn column =
        SegmentColumn.of("c", List.of("7", "0.5", "1000000000000000", "NaN"), 50);
    assertThat(column.number(number(value), 0)).isEqualTo(column.ofOthers());
    assertThat(column.number(value(ValueKind.BOOLEAN, 0, null), 0)).isEqualTo(column.ofOthers());
    assertThat(column.number(value(ValueKind.INTEGER, 8, null), 0)).isEqualTo(column.ofOthers());
    assertThat(column.number(value(ValueKind.VECTOR, 0, new double[] {7}), 0))
        .isEqualTo(column.ofOthers());
  }

  @Test
  void commonAreTheValuesThatAllHaveThoseWithMostRowsFirst() {
    SegmentValues one =
        new SegmentValues(
            "c",
            List.of(
                new ValueRows("only here", 100),
                new ValueRows("b", 9),
                new ValueRows("\uD83D\uDE00", 5),
                new ValueRows("a", 1)));
    SegmentValues two =
        new SegmentValues(
            "c",
            List.of(
                new ValueRows("a", 20),
                new ValueRows("\uFFFD", 9),
                new ValueRows("b", 1),
                new ValueRows("\uD83D\uDE00", 5)));
    SegmentValues common = SegmentValues.common(List.of(one, two));
    // Of equals the first by code points, which is not the order of UTF-16.
    assertThat(common.values())
        .containsExactly(
            new ValueRows("a", 21), new ValueRows("b", 10), new ValueRows("\uD83D\uDE00", 10));
    assertThat(SegmentValues.common(List.of(two, one))).isEqualTo(common);
    assertThat(common.first(2).names()).containsExactly("a", "b");
  }
}
