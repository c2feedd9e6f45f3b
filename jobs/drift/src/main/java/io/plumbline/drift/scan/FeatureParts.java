package io.plumbline.drift.scan;

import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.plan.ScanPlan;
import io.plumbline.stats.Mergeable;
import java.io.IOException;
import java.util.List;

/** Where a scan leaves the summaries of its feature. */
final class FeatureParts {
  private final ScanPlan plan;
  private final PlannedFeature feature;
  private final boolean current;
  private final List<ProfilePart> parts;

  FeatureParts(ScanPlan plan, PlannedFeature feature, boolean current, List<ProfilePart> parts) {
    this.plan = plan;
    this.feature = feature;
    this.current = current;
    this.parts = parts;
  }

  void add(int segment, Mergeable<?> summary) throws IOException {
    parts.add(ProfilePart.of(plan.key(feature.index(), segment), current, summary.written()));
  }
}
