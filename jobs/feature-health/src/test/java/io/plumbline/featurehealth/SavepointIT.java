package io.plumbline.featurehealth;

import io.plumbline.events.Topic;
import io.plumbline.testing.JobSavepointIT;
import io.plumbline.testing.TestTopics;
import java.util.stream.IntStream;

/** A restored job knows which version the registry had. */
class SavepointIT extends JobSavepointIT {
  SavepointIT() {
    super("feature-health", FeatureHealthJob::define);
  }

  @Override
  protected String config(boolean restored) {
    return """
    ingest: {out_of_orderness: 100ms, idle_after: 1s}
    feature_health: {window: 1s, min_rows: 5}
    features:
      - {name: income, type: numeric, version: "%s", freshness_sla: 1h, consistency: {sample: 1}}
    models:
      - {name: credit, features: [income]}
    """
        .formatted(restored ? "2" : "1");
  }

  @Override
  protected boolean isFilled(TestTopics topics) {
    feed(topics);
    return topics.read(Topic.CHECKS).stream()
        .anyMatch(check -> check.path("freshness_seconds").isNumber());
  }

  @Override
  protected boolean isRestored(TestTopics topics) {
    feed(topics);
    return topics.read(Topic.CHECKS).stream()
        .anyMatch(check -> check.toString().contains("version changed in the file:"));
  }

  private static void feed(TestTopics topics) {
    long now = System.currentTimeMillis();
    topics.produceKeyed(
        Topic.PREDICTIONS,
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    """
                    {"prediction_id":"p","model":"credit","model_version":"v3","ts":%d,"features":{"income":%d},"feature_times":{"income":%d}}"""
                        .formatted(now, i, now - i))
            .toList(),
        p -> "k" + p.hashCode());
    topics.produceKeyed(
        Topic.FEATURES,
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    """
                    {"feature":"income","entity_id":"e%d","value":1.5,"event_time":%d,"origin":"online","version":"1"}"""
                        .formatted(i, now))
            .toList(),
        v -> "k" + v.hashCode());
  }
}
