package io.plumbline.cli.simulate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.plumbline.cli.simulate.Shape.Categories;
import io.plumbline.cli.simulate.Shape.Numeric;
import io.plumbline.events.EventJson;
import io.plumbline.events.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** Writes events as the records of the contract. */
final class JsonEvents implements Simulation.Listener {
  private static final double THRESHOLD = 0.5;
  private static final String ERROR = "timeout";

  /** Ends the id of a prediction that nobody sees. */
  private static final String UNSEEN = "-unseen";

  private final Output output;
  private final Instant begin;
  private final String idPrefix;

  /**
   * @param begin the time of offset 0
   */
  JsonEvents(Output output, Instant begin, long seed) {
    this.output = output;
    this.begin = begin;
    // Two simulations on one topic are different predictions, even with the same seed.
    idPrefix = Long.toString(begin.toEpochMilli(), 36) + "-" + Long.toString(seed, 36) + "-";
  }

  /**
   * A record of {@code plumbline.predictions}. What a failed one does not have is left out; a
   * feature that is null is not.
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record PredictionLine(
      String predictionId,
      String model,
      String modelVersion,
      String role,
      Instant ts,
      String entityId,
      Map<String, Object> features,
      Map<String, Instant> featureTimes,
      Double score,
      Boolean predictedLabel,
      Double confidence,
      Map<String, Object> segments,
      double latencyMs,
      String error) {}

  /** A record of {@code plumbline.labels}. */
  private record LabelLine(String predictionId, Instant ts, boolean label) {}

  /** A record of {@code plumbline.features}. */
  private record FeatureLine(
      String feature,
      String entityId,
      Object value,
      Instant eventTime,
      String origin,
      String version) {}

  @Override
  public void prediction(Prediction prediction) {
    Map<String, Object> features = new HashMap<>();
    Map<String, Instant> times = new HashMap<>();
    for (int feature = 0; feature < prediction.values.length; feature++) {
      SimulatedFeature which = World.FEATURES.get(feature);
      features.put(which.name(), value(which, prediction.values[feature]));
      times.put(which.name(), time(FeatureStore.at(which.job(), prediction.runs[which.job()])));
    }
    for (int version = 0; version < World.VERSIONS.size(); version++) {
      PredictionLine line = line(prediction, version, features, times);
      send(Topic.PREDICTIONS, line.predictionId, line.ts, line);
    }
  }

  private PredictionLine line(
      Prediction prediction, int which, Map<String, Object> features, Map<String, Instant> times) {
    SimulatedVersion version = World.VERSIONS.get(which);
    Reply reply = prediction.replies.get(which);
    Double score = reply.failed ? null : rounded(reply.score, 1e6);
    return new PredictionLine(
        id(prediction.index),
        World.MODEL,
        version.name(),
        version.role(),
        time(prediction.offset),
        entity(prediction.customer),
        features,
        times,
        score,
        score == null ? null : score >= THRESHOLD,
        score == null ? null : rounded(Math.max(score, 1 - score), 1e6),
        Collections.singletonMap(World.SEGMENT, features.get(World.SEGMENT)),
        rounded(reply.latencyMillis, 1e3),
        reply.failed ? ERROR : null);
  }

  @Override
  public void label(ComingLabels.Label label) {
    String id = id(label.prediction()) + (label.hasPrediction() ? "" : UNSEEN);
    Instant ts = time(label.offset());
    send(Topic.LABELS, id, ts, new LabelLine(id, ts, label.positive()));
  }

  @Override
  public void update(int feature, long customer, long offset, double value, boolean online) {
    SimulatedFeature which = World.FEATURES.get(feature);
    Instant time = time(offset);
    send(
        Topic.FEATURES,
        which.name(),
        time,
        new FeatureLine(
            which.name(),
            entity(customer),
            value(which, value),
            time,
            online ? "online" : "offline",
            World.FEATURE_VERSION));
  }

  private void send(Topic topic, String key, Instant time, Object line) {
    output.send(
        topic, key.getBytes(StandardCharsets.UTF_8), EventJson.write(line), time.toEpochMilli());
  }

  private Instant time(long offset) {
    return begin.plusNanos(offset);
  }

  private String id(long prediction) {
    return idPrefix + prediction;
  }

  private static String entity(long customer) {
    return "customer-" + customer;
  }

  /** To a unit of which so many make one. */
  private static double rounded(double value, double units) {
    return Math.rint(value * units) / units;
  }

  /** As the feature's users know it: a number, the name of a category, or null. */
  private static Object value(SimulatedFeature feature, double value) {
    if (Double.isNaN(value)) {
      return null;
    }
    if (feature.shape() instanceof Categories shape) {
      return shape.names.get((int) value);
    }
    return ((Numeric) feature.shape()).decimals == 0 ? (Object) (long) value : (Object) value;
  }
}
