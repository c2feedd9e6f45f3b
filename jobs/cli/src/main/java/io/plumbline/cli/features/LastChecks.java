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
    return Collections.unmodifiableSet(features.keySet());
  }

  /** All places of a feature; empty: it was never checked. */
  SortedMap<Place, LastState> of(String feature) {
    return Collections.unmodifiableSortedMap(features.getOrDefault(feature, new TreeMap<>()));
  }

  /** The models that checks name. */
  Set<String> models() {
    Set<String> models = new TreeSet<>();
    features.values().forEach(of -> of.keySet().forEach(place -> models.add(place.model())));
    models.remove("");
    return models;
  }
}
