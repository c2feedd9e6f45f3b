package io.plumbline.events;

import java.time.Instant;
import java.util.List;

/**
 * The alerts that share a root cause, as one thing with a life.
 *
 * @param state open, acknowledged or resolved
 * @param severity P0 to P3
 * @param alerts their ids
 * @param playbook the name of the steps to take; null if there are none
 * @param mergedInto the incident that this one turned out to be a part of
 */
public record Incident(
    String incidentId,
    String state,
    String kind,
    String severity,
    String title,
    RootCause rootCause,
    List<String> affectedFeatures,
    List<String> affectedModels,
    List<String> layers,
    List<String> alerts,
    String playbook,
    Instant openedAt,
    Instant acknowledgedAt,
    Instant resolvedAt,
    String resolution,
    String mergedInto,
    Instant computedAt) {

  /**
   * Where it began.
   *
   * @param node of the lineage
   * @param evidence in words
   */
  public record RootCause(String kind, String node, String evidence) {}
}
