package io.plumbline.cli.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.events.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a simulation wrote. */
final class Played implements Output {
  static final Instant START = Instant.parse("2026-11-25T10:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A record, with its value as text. */
  record Line(Topic topic, String key, String text, Instant time) {
    JsonNode json() {
      try {
        return JSON.readTree(text);
      } catch (IOException e) {
        throw new UncheckedIOException(text, e);
      }
    }
  }

  final List<Line> lines = new ArrayList<>();

  /** Ten minutes, 20 predictions a second; what goes wrong does so after five. */
  static Played of(long seed, Fault.Kind fault, String feature) {
    return of(
        seed,
        new Fault(fault, Duration.ofMinutes(5), World.feature(feature)),
        START,
        Duration.ofMinutes(10));
  }

  static Played of(long seed, Fault fault, Instant start, Duration length) {
    Played played = new Played();
    Simulation simulation =
        new Simulation(
            new Simulation.Settings(seed, 20, Duration.ofSeconds(20), fault),
            new JsonEvents(played, start, seed));
    while (simulation.next() < length.toNanos()) {
      simulation.step();
    }
    return played;
  }

  @Override
  public void send(Topic topic, byte[] key, byte[] value, long millis) {
    lines.add(
        new Line(
            topic,
            new String(key, StandardCharsets.UTF_8),
            new String(value, StandardCharsets.UTF_8),
            Instant.ofEpochMilli(millis)));
  }

  Stream<Line> on(Topic topic) {
    return lines.stream().filter(line -> line.topic() == topic);
  }

  /** The predictions of a version. */
  Stream<Line> of(String version) {
    return on(Topic.PREDICTIONS)
        .filter(line -> line.text().contains("\"model_version\":\"" + version + "\""));
  }

  /** The records of a feature. */
  Stream<Line> updates(String feature, String origin) {
    return on(Topic.FEATURES)
        .filter(line -> line.key().equals(feature))
        .filter(line -> line.text().contains("\"origin\":\"" + origin + "\""));
  }

  /** Before the fault. */
  static Predicate<Line> before() {
    return line -> line.time().isBefore(START.plusSeconds(300));
  }

  static Predicate<Line> after() {
    return before().negate();
  }

  @Override
  public boolean flush() {
    return true;
  }

  @Override
  public void close() {}
}
