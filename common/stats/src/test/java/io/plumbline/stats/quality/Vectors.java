package io.plumbline.stats.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Named;

/** Small cases with all figures by scikit-learn and scipy. */
final class Vectors {
  private Vectors() {}

  static JsonNode read(String gzip) {
    try (var in = new GZIPInputStream(Vectors.class.getResourceAsStream(gzip))) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<Named<JsonNode>> cases(String kind) {
    JsonNode cases = read("quality.json.gz").get(kind);
    return StreamSupport.stream(cases.spliterator(), false)
        .map(one -> Named.of(one.path("name").asText(), one));
  }

  static double[] numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }

  /** Undefined is null there and NaN here. */
  static double expected(JsonNode number) {
    return number.isNull() ? Double.NaN : number.doubleValue();
  }
}
