package io.plumbline.cli.simulate;

import io.plumbline.cli.simulate.Played.Line;
import io.plumbline.events.Topic;
import io.plumbline.stats.quality.BinaryQuality;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** What a simulation wrote, with the truth of each prediction as far as it came out. */
final class Labelled {
  private final Played played;

  /** By id: what the last label says. */
  private final Map<String, Boolean> truths = new HashMap<>();

  Labelled(Played played) {
    this.played = played;
    played
        .on(Topic.LABELS)
        .forEach(line -> truths.put(line.key(), line.json().get("label").asBoolean()));
  }

  /** How good a version is over those of its predictions that have score and label. */
  BinaryQuality of(String version, Predicate<Line> which) {
    BinaryQuality quality = new BinaryQuality();
    played
        .of(version)
        .filter(which)
        .filter(line -> truths.containsKey(line.key()) && line.json().has("score"))
        .forEach(
            line ->
                quality.add(
                    line.json().get("predicted_label").asBoolean(),
                    truths.get(line.key()),
                    line.json().get("score").asDouble(),
                    1));
    return quality;
  }
}
