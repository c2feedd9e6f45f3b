package io.plumbline.events;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a metric point is a point of. Its text is the key wherever points are keyed, so its form is
 * part of the contract.
 *
 * @param metric empty for what is about all metrics at once
 * @param window the length of its windows
 */
public record Series(
    String metric,
    String job,
    String model,
    String modelVersion,
    String feature,
    String segment,
    Duration window,
    Map<String, String> labels) {

  /**
   * {@code psi{job="drift",model="credit",feature="income",window="1h",reference="v3"}}: empty
   * parts left out, labels by name after the fixed parts, values escaped as Prometheus does.
   */
  public String text() {
    StringBuilder text = new StringBuilder(metric).append('{');
    part(text, "job", job);
    part(text, "model", model);
    part(text, "model_version", modelVersion);
    part(text, "feature", feature);
    part(text, "segment", segment);
    part(text, "window", length(window));
    new TreeMap<>(labels).forEach((name, value) -> part(text, name, value));
    return text.append('}').toString();
  }

  private static void part(StringBuilder text, String name, String value) {
    if (value.isEmpty()) {
      return;
    }
    if (text.charAt(text.length() - 1) != '{') {
      text.append(',');
    }
    text.append(name).append("=\"").append(escaped(value)).append('"');
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  /** A length as series and the config write it: in the largest unit that gives a whole number. */
  public static String length(Duration window) {
    long millis = window.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds % 60 != 0 || seconds == 0) {
      return seconds + "s";
    }
    if (seconds % 3600 != 0) {
      return seconds / 60 + "m";
    }
    return seconds % 86_400 != 0 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
  }
}
