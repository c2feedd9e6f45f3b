package io.plumbline.onlinemetrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.events.Answer;
import io.plumbline.events.Label;
import io.plumbline.runtime.decode.AnswerDecoder;
import io.plumbline.runtime.decode.LabelDecoder;
import io.plumbline.runtime.ingest.Decoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.zip.GZIPInputStream;

/** A week of flights: real predictions of two versions, and labels that come late. */
final class Flights {
  private static final int DEPTH = 8;

  private Flights() {}

  /** Those of the champion, then those of the shadow. */
  static List<Answer> answers() throws Exception {
    return decoded(
        "flights_predictions.jsonl.gz",
        new AnswerDecoder(Map.of(), DEPTH, DEPTH, List.of("origin")));
  }

  /** In the order of their arrival. */
  static List<Label> labels() throws Exception {
    return decoded("flights_labels.jsonl.gz", new LabelDecoder(Map.of(), DEPTH));
  }

  private static <T> List<T> decoded(String name, Decoder<T> decoder) throws Exception {
    List<T> events = new ArrayList<>();
    try (InputStream in = new GZIPInputStream(resource(name));
        Scanner lines = new Scanner(in, StandardCharsets.UTF_8)) {
      while (lines.hasNextLine()) {
        events.add(decoder.decode(lines.nextLine().getBytes(StandardCharsets.UTF_8)));
      }
    }
    return events;
  }

  /** What scikit-learn says of every hour and day. */
  static JsonNode oracle() throws IOException {
    try (InputStream in = new GZIPInputStream(resource("flights_oracle.json.gz"))) {
      return new ObjectMapper().readTree(in);
    }
  }

  /** What scipy says of both versions, by day. */
  static JsonNode pairs() throws IOException {
    try (InputStream in = resource("flights_pairs.json")) {
      return new ObjectMapper().readTree(in).get("days");
    }
  }

  private static InputStream resource(String name) throws IOException {
    try (InputStream in = Flights.class.getResourceAsStream(name)) {
      return new ByteArrayInputStream(in.readAllBytes());
    }
  }
}
