package io.plumbline.cli.features;

import io.plumbline.runtime.config.FeatureConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes rows of the registry and of the last checks, gravest first. */
final class FeatureRows {
  private static final Comparator<FeatureRow> ORDER =
      Comparator.comparing(FeatureRow::health).thenComparing(FeatureRow::place);

  /** Of two equally grave ones, the first is the one that counts. */
  private static final BinaryOperator<Named> GRAVER =
      BinaryOperator.maxBy(
          Comparator.comparing((Named named) -> !named.state.isHealthy())
              .thenComparing(named -> named.state.issues().size())
              .thenComparing(
                  named -> named.state.nullRatio(),
                  Comparator.nullsFirst(Comparator.naturalOrder())));

  private final Registered registered;
  private final LastChecks checks;

  private record Named(Place place, LastState state) {
    /** Of a model, with its name before: the row is about all of them. */
    Stream<String> issues() {
      String before =
          Stream.of(place.model(), place.modelVersion())
              .filter(text -> !text.isEmpty())
              .reduce((model, version) -> model + " " + version)
              .map(text -> text + ": ")
              .orElse("");
      return state.issues().stream().map(issue -> before + issue);
    }
  }

  FeatureRows(Registered registered, LastChecks checks) {
    this.registered = registered;
    this.checks = checks;
  }

  /** All features that anybody knows. */
  Set<String> features() {
    Set<String> names = new TreeSet<>(registered.features());
    names.addAll(checks.features());
    return names;
  }

  /** All models that anybody knows. */
  Set<String> models() {
    Set<String> names = new TreeSet<>(registered.models());
    names.addAll(checks.models());
    return names;
  }

  /** One of each feature: as it is by itself, and for the model that it is worst for. */
  List<FeatureRow> byFeature() {
    return features().stream().map(this::summary).sorted(ORDER).toList();
  }

  private FeatureRow summary(String feature) {
    Map<Place, LastState> places = checks.of(feature);
    List<Named> told = new ArrayList<>();
    Place itself = Place.ofFeature(feature);
    Optional.ofNullable(places.get(itself)).ifPresent(state -> told.add(new Named(itself, state)));
    places.entrySet().stream()
        .map(entry -> new Named(entry.getKey(), entry.getValue()))
        .filter(named -> !named.place.model().isEmpty() && named.place.segment().isEmpty())
        .reduce(GRAVER)
        .ifPresent(told::add);
    if (told.isEmpty()) {
      return unchecked(itself);
    }
    Optional<LastState> counted =
        told.stream().filter(named -> named.state.rows() > 0).reduce(GRAVER).map(Named::state);
    return row(
        itself,
        told.stream().allMatch(named -> named.state.isHealthy())
            ? Health.HEALTHY
            : Health.UNHEALTHY,
        told.stream()
            .map(named -> named.state.freshnessSeconds())
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null),
        counted.map(LastState::nullRatio).orElse(null),
        counted.map(LastState::rows).orElse(0L),
        // What makes it unhealthy comes before what is only said beside.
        told.stream()
            .sorted(Comparator.comparing(named -> named.state.isHealthy()))
            .flatMap(Named::issues)
            .toList(),
        latest(told, LastState::windowStart),
        latest(told, LastState::computedAt));
  }

  private static Instant latest(List<Named> told, Function<LastState, Instant> time) {
    return told.stream()
        .map(named -> time.apply(named.state))
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /**
   * One for each place.
   *
   * @param feature only of this one; null: of all
   * @param model only where this one reads it; null: everywhere
   */
  List<FeatureRow> byPlace(String feature, String model) {
    return features().stream()
        .filter(name -> feature == null || name.equals(feature))
        .flatMap(name -> places(name, model).stream())
        .sorted(ORDER)
        .toList();
  }

  private List<FeatureRow> places(String feature, String model) {
    List<FeatureRow> rows =
        checks.of(feature).entrySet().stream()
            .filter(entry -> model == null || entry.getKey().model().equals(model))
            .map(entry -> checked(entry.getKey(), entry.getValue()))
            .toList();
    if (!rows.isEmpty()) {
      return rows;
    }
    if (model == null) {
      return List.of(unchecked(Place.ofFeature(feature)));
    }
    return registered.readers(feature).contains(model)
        ? List.of(unchecked(new Place(feature, model, "", "")))
        : List.of();
  }

  private FeatureRow checked(Place place, LastState state) {
    return row(
        place,
        state.isHealthy() ? Health.HEALTHY : Health.UNHEALTHY,
        state.freshnessSeconds(),
        state.nullRatio(),
        state.rows(),
        state.issues(),
        state.windowStart(),
        state.computedAt());
  }

  private FeatureRow unchecked(Place place) {
    return row(place, Health.NO_DATA, null, null, null, List.of(), null, null);
  }

  private FeatureRow row(
      Place place,
      Health health,
      Double freshnessSeconds,
      Double nullRatio,
      Long rows,
      List<String> issues,
      Instant windowStart,
      Instant computedAt) {
    Optional<FeatureConfig> config = registered.feature(place.feature());
    Set<String> models = new TreeSet<>(registered.readers(place.feature()));
    checks.of(place.feature()).keySet().forEach(checked -> models.add(checked.model()));
    models.remove("");
    return new FeatureRow(
        place.feature(),
        place.model(),
        place.modelVersion(),
        place.segment(),
        health,
        freshnessSeconds,
        nullRatio,
        rows,
        config.map(FeatureConfig::owner).orElse(null),
        config.map(FeatureConfig::source).orElse(null),
        List.copyOf(models),
        issues,
        windowStart,
        computedAt);
  }
}
