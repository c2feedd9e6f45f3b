package io.plumbline.cli.models;

import java.util.List;
import java.util.Objects;

/** Values as a line of bars, from the least of them to the greatest. */
final class Sparkline {
  private static final String BARS = "▁▂▃▄▅▆▇█";

  /** Of values that are all the same. */
  private static final int MIDDLE = 3;

  private Sparkline() {}

  /**
   * A letter for each value.
   *
   * @param values null where there is none, which is a space
   */
  static String of(List<Double> values) {
    double least =
        values.stream().filter(Objects::nonNull).mapToDouble(value -> value).min().orElse(0);
    double greatest =
        values.stream().filter(Objects::nonNull).mapToDouble(value -> value).max().orElse(0);
    StringBuilder line = new StringBuilder();
    for (Double value : values) {
      line.append(value == null ? ' ' : BARS.charAt(height(value, least, greatest)));
    }
    return line.toString();
  }

  private static int height(double value, double least, double greatest) {
    if (least == greatest) {
      return MIDDLE;
    }
    // Halves, since the difference of two doubles may be beyond their range.
    double share = (value / 2 - least / 2) / (greatest / 2 - least / 2);
    return (int) Math.round(share * (BARS.length() - 1));
  }
}
