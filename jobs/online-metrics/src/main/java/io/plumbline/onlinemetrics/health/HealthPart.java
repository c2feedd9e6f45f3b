package io.plumbline.onlinemetrics.health;

import io.plumbline.events.Prediction.Role;
import io.plumbline.runtime.window.Window;
import io.plumbline.stats.quality.PredictionHealth;

/**
 * What is known of the predictions of a model's version, in one role, segment and window: what a
 * task sends on in place of them, or all such parts merged.
 *
 * @param segment its text; empty: all of the traffic
 * @param health never changed any more, as several windows may have the same
 */
public record HealthPart(
    String model,
    String version,
    Role role,
    String segment,
    Window window,
    PredictionHealth health) {

  /** By what its windows are kept: all but the window. */
  String key() {
    // With the length before each part, no two differ and read alike.
    return role.name() + part(model) + part(version) + part(segment);
  }

  private static String part(String text) {
    return text.length() + ":" + text;
  }

  /** Both together, of the same key and window. */
  HealthPart with(HealthPart other) {
    PredictionHealth merged = new PredictionHealth();
    merged.merge(health);
    merged.merge(other.health);
    return new HealthPart(model, version, role, segment, window, merged);
  }
}
