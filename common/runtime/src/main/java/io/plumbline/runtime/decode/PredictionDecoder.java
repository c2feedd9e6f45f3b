package io.plumbline.runtime.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.plumbline.events.Prediction;
import io.plumbline.events.Prediction.Role;
import io.plumbline.runtime.ingest.Malformed;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code plumbline.predictions}. */
public final class PredictionDecoder extends EventDecoder<Prediction> {
  private static final int REQUIRED = 4;
  private static final Role[] ROLES = Role.values();

  private final int maxFeatures;
  private final Projection projection;
  private transient FeaturesReader features;
  private transient String predictionId;
  private transient String model;
  private transient String modelVersion;
  private transient long ts;
  private transient Role role;
  private transient String entityId;
  private transient Double score;
  private transient Map<String, Double> scores;
  private transient Double value;
  private transient String predictedLabel;
  private transient Double confidence;
  private transient Map<String, String> segments;
  private transient Double latencyMs;
  private transient String error;

  /**
   * Of all that a record has.
   *
   * @param pointers to fields that a record holds elsewhere
   * @param maxFeatures the most features of an event, and entries of its other objects
   */
  public PredictionDecoder(Map<String, String> pointers, int maxDepth, int maxFeatures) {
    this(pointers, maxDepth, maxFeatures, Projection.ALL);
  }

  /**
   * @param projection the features that the events are to have
   */
  public PredictionDecoder(
      Map<String, String> pointers, int maxDepth, int maxFeatures, Projection projection) {
    super(Prediction.FIELDS, REQUIRED, pointers, maxDepth);
    this.maxFeatures = maxFeatures;
    this.projection = projection;
  }

  @Override
  void begin() {
    features = features == null ? new FeaturesReader(maxFeatures) : features;
    features.begin();
    role = null;
    entityId = null;
    score = null;
    scores = null;
    value = null;
    predictedLabel = null;
    confidence = null;
    segments = Map.of();
    latencyMs = null;
    error = null;
  }

  @Override
  void read(int field, JsonParser parser, FieldTree node) throws IOException, Malformed {
    switch (field) {
      case 0 -> predictionId = name(parser);
      case 1 -> model = name(parser);
      case 2 -> modelVersion = name(parser);
      case 3 -> ts = EventTimes.read(parser);
      case 4 -> role = constant(parser, ROLES);
      case 5 -> entries(parser, node, maxFeatures, "features", this::feature);
      case 6 -> entries(parser, node, maxFeatures, "features", this::featureTime);
      case 7 -> entityId = name(parser);
      case 8 -> score(parser, node);
      case 9 -> value = number(parser);
      case 10 -> predictedLabel = scalar(parser);
      case 11 -> confidence = number(parser);
      case 12 -> {
        segments = new LinkedHashMap<>();
        entries(parser, node, maxFeatures, "segments", this::segment);
      }
      case 13 -> latencyMs = number(parser);
      case 14 -> error = scalar(parser);
      default -> throw new IllegalStateException("field " + field);
    }
  }

  private void score(JsonParser parser, FieldTree node) throws IOException, Malformed {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      scores = new LinkedHashMap<>();
      entries(
          parser,
          node,
          maxFeatures,
          "scores",
          (name, at) -> scores.put(bounded(name, at), number(at)));
    } else {
      score = number(parser);
    }
  }

  private void feature(String name, JsonParser parser) throws IOException, Malformed {
    if (projection.has(name)) {
      features.add(name, parser);
    } else {
      parser.skipChildren();
    }
  }

  private void featureTime(String name, JsonParser parser) throws IOException, Malformed {
    if (!projection.all()) {
      parser.skipChildren();
    } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
      features.addTime(name, EventTimes.read(parser), parser);
    }
  }

  private void segment(String name, JsonParser parser) throws IOException, Malformed {
    if (segments.containsKey(name)) {
      throw new Malformed("the segment stands twice at " + Found.place(parser));
    }
    String text = parser.currentToken() == JsonToken.VALUE_NULL ? null : scalar(parser);
    segments.put(bounded(name, parser), text);
  }

  @Override
  Prediction end() throws Malformed {
    return new Prediction(
        predictionId,
        model,
        modelVersion,
        role,
        ts,
        features.end(),
        entityId,
        score,
        scores,
        value,
        predictedLabel,
        confidence,
        segments,
        latencyMs,
        error);
  }
}
