package io.plumbline.archive;

import io.plumbline.events.EventJson;
import io.plumbline.events.MetricPoint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/** Metric points for tests. */
public final class Points {
  private Points() {}

  public static MetricPoint point(String series, String job, double value, Instant computedAt) {
    Instant window = Instant.parse("2026-11-24T10:00:00Z");
    return new MetricPoint(
        series,
        "psi",
        value,
        10,
        window,
        window.plusSeconds(3600),
        "credit",
        "v3",
        "income",
        "",
        job,
        "data",
        Map.of("reference", "v3"),
        0,
        null,
        true,
        computedAt);
  }

  static String json(MetricPoint point) {
    return new String(EventJson.write(point), StandardCharsets.UTF_8);
  }
}
