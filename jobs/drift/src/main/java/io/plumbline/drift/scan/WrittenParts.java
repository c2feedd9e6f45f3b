package io.plumbline.drift.scan;

import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.plan.ScanPlan;
import io.plumbline.runtime.profile.SampledCells;
import io.plumbline.stats.Mergeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Summaries as records that are sent on. */
final class WrittenParts implements FeatureParts {
  private final ScanPlan plan;
  private final PlannedFeature feature;
  private final boolean current;
  private final List<ProfilePart> parts;

  WrittenParts(ScanPlan plan, PlannedFeature feature, boolean current, List<ProfilePart> parts) {
    this.plan = plan;
    this.feature = feature;
    this.current = current;
    this.parts = parts;
  }

  @Override
  public void add(int segment, Mergeable<?> summary) throws IOException {
    parts.add(ProfilePart.of(plan.key(feature.index(), segment), current, summary.written()));
  }

  @Override
  public void addLast(Mergeable<?> summary, CellSampler sampler) throws IOException {
    ProfilePart part = ProfilePart.of(plan.key(feature.index(), 0), current, summary.written());
    Optional<SampledCells> sample = sampler.sample();
    parts.add(sample.isPresent() ? part.sampled(sample.get()) : part);
  }
}
