package io.plumbline.drift.snapshot;

import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.plan.ScanPlan;
import io.plumbline.drift.scan.Domains;
import io.plumbline.drift.scan.NoText;
import io.plumbline.drift.scan.ProfilePart;
import io.plumbline.profile.ProfileRow;
import io.plumbline.profile.ProfileRows;
import io.plumbline.profile.SampledCells;
import io.plumbline.profile.SampledRow;
import io.plumbline.stats.category.CategoryCounts;
import io.plumbline.stats.category.CategoryMemory;
import io.plumbline.stats.category.Identifiers;
import io.plumbline.stats.numeric.NumericSummary;
import io.plumbline.stats.numeric.RunningNumbers;
import io.plumbline.stats.sample.VectorSummary;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One feature in one segment, put together from the parts as they come. */
abstract class FeatureSummary {
  final PlannedFeature feature;
  private SampledCells sample;

  private FeatureSummary(PlannedFeature feature) {
    this.feature = feature;
  }

  /**
   * @param exactValues distinct values up to which its distribution is exact
   * @param categoryBytes that its texts may fill
   */
  static FeatureSummary of(PlannedFeature feature, int exactValues, long categoryBytes) {
    return switch (feature.kind()) {
      case NUMERIC ->
          feature.wide()
              ? new Categories(feature, categoryBytes)
              : new Numbers(feature, exactValues);
      case CATEGORICAL -> new Categories(feature, categoryBytes);
      case EMBEDDING, MULTIVARIATE -> new Vectors(feature, exactValues);
    };
  }

  final void add(ProfilePart part) throws IOException {
    add(new DataInputStream(new ByteArrayInputStream(part.summary())));
    if (part.sample().length > 0) {
      if (sample == null) {
        sample = new SampledCells();
      }
      sample.merge(
          SampledCells.readFrom(new DataInputStream(new ByteArrayInputStream(part.sample()))));
    }
  }

  /** The cells of sampled rows; null if none were. */
  final List<SampledRow> sample() {
    return sample == null ? null : sample.rows();
  }

  abstract void add(DataInputStream summary) throws IOException;

  /** The profile's row; values are gathered into at most so many cells. */
  abstract ProfileRow row(ProfileRows.Of of, int mostCells);

  /** Why it is no feature at all, as its values, those of all rows, show. */
  Optional<String> leftOut() {
    return Optional.empty();
  }

  /** Why its values could not be kept at all; empty: they are. */
  Optional<String> givenUp() {
    return Optional.empty();
  }

  private static final class Numbers extends FeatureSummary {
    private final int exactValues;
    private final NumericSummary numbers;

    Numbers(PlannedFeature feature, int exactValues) {
      super(feature);
      this.exactValues = exactValues;
      numbers = new NumericSummary(Domains.of(feature.column().type()), exactValues);
    }

    @Override
    void add(DataInputStream summary) throws IOException {
      numbers.merge(NumericSummary.readFrom(summary, exactValues));
    }

    @Override
    ProfileRow row(ProfileRows.Of of, int mostCells) {
      return ProfileRows.numeric(of, numbers, feature.bins(), mostCells, sample());
    }

    @Override
    Optional<String> leftOut() {
      return !feature.mayNumberRows() ? Optional.empty() : RunningNumbers.reason(numbers);
    }
  }

  private static final class Categories extends FeatureSummary {
    private final CategoryMemory memory;
    private final CategoryCounts counts;

    Categories(PlannedFeature feature, long bytes) {
      super(feature);
      memory = new CategoryMemory(bytes, () -> {});
      counts = new CategoryCounts(memory);
    }

    @Override
    Optional<String> givenUp() {
      return memory.reason().or(() -> NoText.reason(feature, counts));
    }

    @Override
    void add(DataInputStream summary) throws IOException {
      counts.merge(CategoryCounts.readFrom(summary));
    }

    @Override
    ProfileRow row(ProfileRows.Of of, int mostCells) {
      return ProfileRows.categorical(of, counts, sample());
    }

    @Override
    Optional<String> leftOut() {
      if (feature.named()) {
        return Optional.empty();
      }
      if (feature.kind() == PlannedFeature.Kind.CATEGORICAL) {
        return Identifiers.ofTexts(counts);
      }
      return feature.mayNumberRows() ? Identifiers.ofIntegers(counts) : Optional.empty();
    }
  }

  private static final class Vectors extends FeatureSummary {
    private final int exactValues;
    private final VectorSummary vectors;

    Vectors(PlannedFeature feature, int exactValues) {
      super(feature);
      this.exactValues = exactValues;
      vectors = new VectorSummary(exactValues, ScanPlan.SAMPLED_ROWS);
    }

    @Override
    void add(DataInputStream summary) throws IOException {
      vectors.merge(VectorSummary.readFrom(summary, exactValues));
    }

    @Override
    ProfileRow row(ProfileRows.Of of, int mostCells) {
      return ProfileRows.vectors(of, vectors, feature.bins(), mostCells);
    }

    @Override
    Optional<String> givenUp() {
      boolean ragged =
          feature.kind() == PlannedFeature.Kind.EMBEDDING
              && vectors.hasLength()
              && vectors.shortest() != vectors.longest();
      return ragged
          ? Optional.of(
              "its lists differ in length: %s to %s numbers"
                  .formatted(vectors.shortest(), vectors.longest()))
          : Optional.empty();
    }
  }
}
