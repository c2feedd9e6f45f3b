package io.plumbline.drift.scan;

import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.plan.ScanPlan;
import io.plumbline.profile.SampledCells;
import io.plumbline.stats.Mergeable;
import io.plumbline.stats.category.CategoryCounts;
import io.plumbline.stats.numeric.NumericSummary;
import io.plumbline.stats.sample.VectorSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Summaries of a row group as records that are sent on: when they are large, and at the end. */
final class WrittenParts implements FeatureSummaries {
  /** Values after which a summary is sent on: 2 MiB, which Flink takes without spilling. */
  private static final int VALUES_PER_PART = 1 << 18;

  /** Bytes after which counts are sent on. */
  private static final int BYTES_PER_PART = 1 << 21;

  private final ScanPlan plan;
  private final PlannedFeature feature;
  private final Mergeable<?>[] bySegment;
  private final List<ProfilePart> parts = new ArrayList<>();
  private SampledCells sample;

  WrittenParts(ScanPlan plan, PlannedFeature feature) {
    this.plan = plan;
    this.feature = feature;
    bySegment = new Mergeable<?>[plan.segments().size()];
  }

  @Override
  public NumericSummary numbers(int segment) throws IOException {
    if (bySegment[segment] instanceof NumericSummary numbers
        && numbers.buffered() > VALUES_PER_PART - CellBatches.MOST_ROWS) {
      send(segment);
    }
    return (NumericSummary)
        of(
            segment,
            () -> new NumericSummary(Domains.of(feature.column().type()), ProfileFormat.UNSORTED));
  }

  @Override
  public CategoryCounts categories(int segment) throws IOException {
    if (bySegment[segment] instanceof CategoryCounts counts && counts.bytes() > BYTES_PER_PART) {
      send(segment);
    }
    return (CategoryCounts) of(segment, CategoryCounts::new);
  }

  @Override
  public VectorSummary vectors(int segment) {
    return (VectorSummary) of(segment, () -> VectorSummaries.of(feature, segment));
  }

  private Mergeable<?> of(int segment, Supplier<Mergeable<?>> create) {
    if (bySegment[segment] == null) {
      bySegment[segment] = create.get();
    }
    return bySegment[segment];
  }

  private void send(int segment) throws IOException {
    ProfilePart part =
        ProfilePart.of(plan.key(feature.index(), segment), bySegment[segment].written());
    boolean withSample = segment == 0 && sample != null;
    parts.add(withSample ? part.sampled(sample) : part);
    sample = withSample ? null : sample;
    bySegment[segment] = null;
  }

  @Override
  public void sampled(SampledCells cells) {
    sample = cells;
  }

  /** All parts of the row group. */
  List<ProfilePart> finish() throws IOException {
    for (int segment = 0; segment < bySegment.length; segment++) {
      if (bySegment[segment] != null) {
        send(segment);
      }
    }
    return parts;
  }
}
