package io.plumbline.cli.features;

import io.plumbline.events.FeatureCheck;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The last state of every feature in every place, from checks that come in any order. */
final class LastChecks {
  private final TreeMap<String, TreeMap<Place, LastState>> features = new TreeMap<>();

  /** Null: there is none. */
  private Instant newest;

  void add(FeatureCheck check) {
    if (newest == null || check.computedAt().isAfter(newest)) {
      newest = check.computedAt();
    }
    features
        .computeIfAbsent(check.feature(), name -> new TreeMap<>())
        .compute(
            Place.of(check),
            (place, last) -> last == null ? LastState.of(check) : last.with(check));
  }

  /** When the newest check of all was made; empty: there is none. */
  Optional<Instant> newest() {
    return Optional.ofNullable(newest);
  }

  Set<String> features() {
    Set<String> names = new TreeSet<>(features.keySet());
    names.removeIf(name -> of(name).isEmpty());
    return names;
  }

  /** All places of a feature; empty: it was never checked, or all was withdrawn. */
  SortedMap<Place, LastState> of(String feature) {
    TreeMap<Place, LastState> places =
        new TreeMap<>(features.getOrDefault(feature, new TreeMap<>()));
    places.values().removeIf(state -> !state.isPresent());
    return Collections.unmodifiableSortedMap(places);
  }

  /** The models that checks name. */
  Set<String> models() {
    Set<String> models = new TreeSet<>();
    features
        .keySet()
        .forEach(feature -> of(feature).keySet().forEach(place -> models.add(place.model())));
    models.remove("");
    return models;
  }
}
