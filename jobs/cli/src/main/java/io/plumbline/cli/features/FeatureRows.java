package io.plumbline.cli.features;

import io.plumbline.events.FeatureCheck;
import io.plumbline.runtime.config.FeatureConfig;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/** Makes rows of the registry and of the last checks, gravest first. */
final class FeatureRows {
  private static final Comparator<FeatureRow> ORDER =
      Comparator.comparing(FeatureRow::health).thenComparing(FeatureRow::place);

  /** Of two equally grave ones, the first is the one that counts. */
  private static final BinaryOperator<Named> GRAVER =
      BinaryOperator.maxBy(
          Comparator.comparing((Named named) -> !named.state.isHealthy())
              // One without rows, as the clock makes it, says nothing of the values.
              .thenComparing(named -> !named.state.isHealthy() || named.state.deciding().rows() > 0)
              .thenComparing(named -> named.state.deciding().issues().size())
              .thenComparing(
                  named -> named.state.deciding().nullRatio(),
                  Comparator.nullsFirst(Comparator.naturalOrder())));

  private final Registered registered;
  private final LastChecks checks;
  private final Instant newest;

  private record Named(Place place, LastState state) {
    /** Of a model, with its name before: the row is about all of them. */
    List<String> issues() {
      String before =
          Stream.of(place.model(), place.modelVersion())
              .filter(text -> !text.isEmpty())
              .reduce((model, version) -> model + " " + version)
              .map(text -> text + ": ")
              .orElse("");
      return state.deciding().issues().stream().map(issue -> before + issue).toList();
    }
  }

  /**
   * @param now no check is newer, whatever it says
   */
  FeatureRows(Registered registered, LastChecks checks, Instant now) {
    this.registered = registered;
    this.checks = checks;
    newest = checks.newest().filter(at -> at.isBefore(now)).orElse(now);
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
    Place itself = Place.ofFeature(feature);
    List<Named> all =
        places.entrySet().stream()
            .filter(entry -> entry.getKey().segment().isEmpty())
            .map(entry -> new Named(entry.getKey(), entry.getValue()))
            .toList();
    List<Named> checked = all.stream().filter(named -> named.state.isChecked(newest)).toList();
    if (checked.isEmpty()) {
      return all.stream()
          .max(Comparator.comparing(named -> named.state.checkedAt()))
          .map(named -> row(itself, named.state, Health.NOT_CHECKED, null, named.issues()))
          .orElse(unchecked(itself));
    }
    Named deciding = checked.stream().reduce(GRAVER).orElseThrow();
    LastState age = places.get(itself);
    return row(
        itself,
        deciding.state,
        health(deciding.state),
        age == null || !age.isChecked(newest) ? null : age.freshnessSeconds(),
        deciding.issues());
  }

  private Health health(LastState state) {
    if (!state.isChecked(newest)) {
      return Health.NOT_CHECKED;
    }
    return state.isHealthy() ? Health.HEALTHY : Health.UNHEALTHY;
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
    Health health = health(state);
    return row(
        place,
        state,
        health,
        // An age that nobody measures any more stands still.
        health == Health.NOT_CHECKED ? null : state.freshnessSeconds(),
        state.deciding().issues());
  }

  private FeatureRow unchecked(Place place) {
    return row(place, null, Health.NO_DATA, null, List.of());
  }

  /**
   * @param state null: there is none
   */
  private FeatureRow row(
      Place place, LastState state, Health health, Double freshnessSeconds, List<String> issues) {
    Optional<FeatureConfig> config = registered.feature(place.feature());
    Set<String> models = new TreeSet<>(registered.readers(place.feature()));
    checks.of(place.feature()).keySet().forEach(checked -> models.add(checked.model()));
    models.remove("");
    FeatureCheck check = state == null ? null : state.deciding();
    return new FeatureRow(
        place.feature(),
        place.model(),
        place.modelVersion(),
        place.segment(),
        health,
        freshnessSeconds,
        check == null ? null : check.nullRatio(),
        check == null ? null : check.rows(),
        config.map(FeatureConfig::owner).orElse(null),
        config.map(FeatureConfig::source).orElse(List.of()),
        List.copyOf(models),
        issues,
        check == null ? null : check.windowStart(),
        check == null ? null : check.computedAt(),
        state == null ? null : state.checkedAt());
  }
}
