package io.plumbline.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Tables of values from independent software, and how near ours must be. */
public final class Oracle {
  private Oracle() {}

  /** The rows of a CSV beside the class, without its two head lines. */
  public static Stream<double[]> rows(Class<?> beside, String csv) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(beside.getResourceAsStream(csv), StandardCharsets.UTF_8))) {
      return reader.lines().skip(2).map(Oracle::numbers).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double[] numbers(String line) {
    return Stream.of(line.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  /** Within a relative tolerance; zeros and non-finite values must be equal. */
  public static void assertNear(String what, double actual, double expected, double relative) {
    if (expected == 0 || !Double.isFinite(expected)) {
      assertThat(actual).as(what).isEqualTo(expected);
    } else {
      assertThat(actual / expected - 1)
          .as("%s: %s, not %s", what, actual, expected)
          .isBetween(-relative, relative);
    }
  }
}
