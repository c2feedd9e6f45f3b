package io.plumbline.drift.compare;

import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.plan.Segments;
import io.plumbline.drift.scan.FeatureSummaries;
import io.plumbline.drift.scan.KnownQuantiles;
import io.plumbline.profile.SampledCells;
import io.plumbline.stats.category.CategoryCounts;
import io.plumbline.stats.category.CategoryMemory;
import io.plumbline.stats.numeric.NumericSummary;
import io.plumbline.stats.numeric.ValueMemory;
import io.plumbline.stats.sample.VectorSummary;
import java.util.function.Consumer;

/** Puts together what is read of one feature, and compares its two sides in each segment. */
public final class FeatureComparison implements AutoCloseable {
  private final DriftPlan plan;
  private final PlannedFeature feature;
  private final Gathering ofReference;
  private final Gathering ofCurrent;
  private final CategoryMemory categories;
  private final FeatureProfile[] bySegment;

  /**
   * @param memory in which values are sorted
   * @param categoryBytes that the texts of the feature may fill
   */
  public FeatureComparison(
      DriftPlan plan, PlannedFeature feature, ValueMemory memory, long categoryBytes) {
    this.plan = plan;
    this.feature = feature;
    ofCurrent = plan.approximate() ? Gathering.approximate() : Gathering.exact(memory);
    ofReference = plan.reference().profile() == null ? ofCurrent : Gathering.stored();
    categories = new CategoryMemory(categoryBytes, memory::release);
    bySegment = new FeatureProfile[plan.segments().size()];
    // Without a row there is a result all the same.
    FeatureProfile whole = in(Segments.WHOLE);
    whole.expect(plan.reference().rows(), plan.current().rows());
    if (!feature.readsReference()) {
      whole.addMissing(false, plan.reference().rows());
    }
    if (!feature.readsCurrent()) {
      whole.addMissing(true, plan.current().rows());
    }
  }

  private FeatureProfile in(int segment) {
    if (bySegment[segment] == null) {
      bySegment[segment] = FeatureProfile.of(feature, segment, ofReference, ofCurrent, categories);
    }
    return bySegment[segment];
  }

  /** The summaries of a side, to which its cells are added. */
  public FeatureSummaries summaries(boolean current) {
    return new FeatureSummaries() {
      @Override
      public NumericSummary numbers(int segment) {
        return in(segment).numbers(current);
      }

      @Override
      public CategoryCounts categories(int segment) {
        return in(segment).categories(current);
      }

      @Override
      public VectorSummary vectors(int segment) {
        return in(segment).vectors(current);
      }

      @Override
      public void sampled(SampledCells cells) {
        throw new IllegalStateException("a comparison needs no sampled rows");
      }
    };
  }

  /** Adds what is known of the reference beside its summaries. */
  public void addKnown(int segment, KnownQuantiles known) {
    in(segment).addKnown(known);
  }

  /**
   * Compares all segments that have rows, one after the other. Where the values of all rows are not
   * to be compared, only cells are counted in any.
   */
  public void compare(Consumer<Comparison> out) {
    String leftOut = categories.reason().or(() -> in(Segments.WHOLE).leftOut()).orElse(null);
    for (int segment = 0; segment < bySegment.length; segment++) {
      if (bySegment[segment] != null) {
        int key = plan.scan().key(feature.index(), segment);
        Measurement measurement = new Measurement(plan, key);
        measurement.leftOut = leftOut;
        bySegment[segment].count(measurement);
        if (leftOut == null) {
          bySegment[segment].measure(measurement);
        }
        out.accept(measurement.comparison(key));
        release(segment);
      }
    }
  }

  private void release(int segment) {
    bySegment[segment].release();
    bySegment[segment] = null;
  }

  /** Gives back the memory and the files that are still in use. */
  @Override
  public void close() {
    for (int segment = 0; segment < bySegment.length; segment++) {
      if (bySegment[segment] != null) {
        release(segment);
      }
    }
  }
}
