package io.plumbline.runtime.config.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.runtime.config.binding.Limits.Alone;
import io.plumbline.runtime.config.binding.Limits.Between;
import io.plumbline.runtime.config.binding.Limits.Default;
import io.plumbline.runtime.config.binding.Limits.NotEmpty;
import io.plumbline.runtime.config.binding.Limits.OneOrMore;
import io.plumbline.runtime.input.BadInput;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no section of plumbline.yaml shows by itself. */
class RecordBinderTest {
  record Span(@Alone @Between(least = 1) Integer days, Instant from) {}

  record Trip(
      @Default("3") Span span,
      @OneOrMore List<String> stops,
      @NotEmpty Map<String, String> notes,
      Map<String, List<Double>> costs) {}

  private static Trip bind(String yaml) {
    Problems problems = new Problems("t");
    Trip trip =
        new RecordBinder(problems)
            .bind(SafeYaml.compose("t", yaml).orElse(null), Trip.class, "trip");
    problems.throwIfAny();
    return trip;
  }

  @Test
  void whatIsAbsentHasItsDefault() {
    Trip standard = new Trip(new Span(3, null), List.of(), Map.of(), Map.of());
    assertThat(bind("")).isEqualTo(standard);
    assertThat(bind("{span: , stops: , notes: , costs: }")).isEqualTo(standard);
  }

  @Test
  void aSingleValueStandsForAMappingOrAList() {
    assertThat(bind("{span: 7, stops: rome}"))
        .isEqualTo(new Trip(new Span(7, null), List.of("rome"), Map.of(), Map.of()));
    assertThat(bind("{span: {from: 2026-11-24T10:00:00Z}, stops: [rome, bonn]}"))
        .isEqualTo(
            new Trip(
                new Span(null, Instant.parse("2026-11-24T10:00:00Z")),
                List.of("rome", "bonn"),
                Map.of(),
                Map.of()));
  }

  @Test
  void aTimeIsATextOrEpochMilliseconds() {
    for (String time : List.of("2026-11-24T10:00:00Z", "1795514400000", "1.7955144e12")) {
      assertThat(bind("{span: {from: %s}}".formatted(time)).span().from())
          .isEqualTo(Instant.parse("2026-11-24T10:00:00Z"));
    }
  }

  @Test
  void whatIsWrittenIsBoundToTheSame() {
    for (String yaml : List.of("{span: 7, stops: rome}", "{span: {}, stops: [a, b]}")) {
      Trip trip = bind(yaml);
      assertThat(bind(ConfigWriter.yaml(trip))).isEqualTo(trip);
      assertThat(bind(ConfigWriter.json(trip))).isEqualTo(trip);
    }
    assertThat(ConfigWriter.yaml(bind("{span: 7, stops: rome}")))
        .isEqualTo("{span: 7, stops: rome}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{span: 0}|trip.span: expected a number at least 1, found \"0\"",
        "{span: long}|trip.span: expected a whole number, found \"long\"",
        "{span: [7]}|trip.span: expected a mapping of keys, found a list",
        "{span: {days: 7}}|trip.span.days: unknown key",
        "{span: {from: 1.5}}|trip.span.from: expected a time like 2026-11-24T10:00:00Z, found \"1.5\"",
        "{stops: {a: b}}|trip.stops: expected a list, found a mapping",
        "{notes: {}}|trip.notes: expected a value, found none",
        "{costs: {a: []}}|trip.costs.a: expected a value, found none",
        "{costs: {a: [1, x]}}|trip.costs.a[1]: expected a number, found \"x\"",
      })
  void whatIsWrongIsToldOnce(String yaml, String problem) {
    assertThatThrownBy(() -> bind(yaml)).isInstanceOf(BadInput.class).hasMessage("t:1: " + problem);
  }
}
