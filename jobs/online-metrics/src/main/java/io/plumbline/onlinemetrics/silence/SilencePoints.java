package io.plumbline.onlinemetrics.silence;

import io.plumbline.events.MetricPoint;
import io.plumbline.onlinemetrics.model.ModelScope;
import io.plumbline.onlinemetrics.silence.WatchedModel.Version;
import io.plumbline.runtime.result.Measured;
import io.plumbline.runtime.result.Points;
import io.plumbline.runtime.window.Window;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/** The points of a model in the window in which the machine's clock stands. */
final class SilencePoints {
  /** The job's name in series and tables. */
  private static final String SILENCE = "model_silence_seconds";

  private static final double MILLIS_OF_SECOND = 1000;

  private final String model;
  private final Window window;
  private final Instant computedAt;
  private final Consumer<MetricPoint> out;

  /**
   * @param out takes each point
   */
  SilencePoints(String model, Window window, Instant computedAt, Consumer<MetricPoint> out) {
    this.model = model;
    this.window = window;
    this.computedAt = computedAt;
    this.out = out;
  }

  Window window() {
    return window;
  }

  private Points points(String version) {
    return new Points(ModelScope.of(model, version, "", window), false, computedAt, out);
  }

  private static Map<String, String> labels(Version version) {
    return version.isShadow() ? Map.of("role", "shadow") : Map.of();
  }

  /** Makes the point of the model, whatever its versions. */
  void ofModel(long silence) {
    points("").point(SILENCE, "", silence / MILLIS_OF_SECOND, 1);
  }

  /** Makes the point of a version. */
  void of(Version version, long silence) {
    points(version.name())
        .point(SILENCE, "", labels(version), Measured.exact(silence / MILLIS_OF_SECOND, 1));
  }

  /** Takes the point of the model back. */
  void withdrawModel() {
    points("").withdraw(SILENCE, "");
  }

  /** Takes the point of a version back. */
  void withdraw(Version version) {
    points(version.name()).withdraw(SILENCE, "", labels(version));
  }
}
