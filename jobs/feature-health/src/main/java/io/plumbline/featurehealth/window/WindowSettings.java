package io.plumbline.featurehealth.window;

import io.plumbline.runtime.config.PlumblineConfig;
import java.io.Serializable;
import java.time.Duration;

/**
 * What the config says of windows.
 *
 * @param length of those that begin now
 * @param lateness of events that are taken
 * @param minRows below which a window is judged together with the next ones
 */
public record WindowSettings(Duration length, Duration lateness, long minRows)
    implements Serializable {
  public static WindowSettings of(PlumblineConfig config) {
    return new WindowSettings(
        config.featureHealth().window(),
        config.ingest().allowedLateness(),
        config.featureHealth().minRows());
  }
}
