package io.plumbline.profile;

import io.plumbline.events.ProfileSummary;
import io.plumbline.stats.category.CategoryCounts;
import io.plumbline.stats.category.CategoryTally;
import io.plumbline.stats.moments.Moments;
import io.plumbline.stats.numeric.BinnedReference;
import io.plumbline.stats.numeric.Bins;
import io.plumbline.stats.numeric.Cells;
import io.plumbline.stats.numeric.Distribution;
import io.plumbline.stats.numeric.NumericDomain;
import io.plumbline.stats.numeric.NumericSummary;
import io.plumbline.stats.sample.RowSample;
import io.plumbline.stats.sample.VectorSummary;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From summaries to the rows of a profile, and back. */
public final class ProfileRows {
  private static final String[] QUANTILES = {"0.01", "0.05", "0.25", "0.5", "0.75", "0.95", "0.99"};
  private static final int[] PERCENTS = {1, 5, 25, 50, 75, 95, 99};

  private ProfileRows() {}

  /** Of which feature, and in which segment, a row is. */
  public record Of(String feature, String segment, String kind) {}

  /**
   * The row of a numeric feature.
   *
   * @param bins the number of quantile bins
   * @param mostCells into how many cells the values are gathered, if they are more
   * @param sample the cells of the sampled rows; null: none
   */
  public static ProfileRow numeric(
      Of of, NumericSummary summary, int bins, int mostCells, List<SampledRow> sample) {
    return numbers(of, summary, bins, mostCells, sample);
  }

  /** The row of vectors: the distribution of their norms, and their sample. */
  public static ProfileRow vectors(Of of, VectorSummary summary, int bins, int mostCells) {
    return numbers(of, summary.norms(), bins, mostCells, sample(summary.sample()));
  }

  private static List<SampledRow> sample(RowSample sample) {
    long[] hashes = sample.hashes();
    double[][] values = sample.rows();
    List<SampledRow> rows = new ArrayList<>();
    for (int i = 0; i < hashes.length; i++) {
      rows.add(new SampledRow(hashes[i], null, values[i], null));
    }
    return rows;
  }

  private static ProfileRow numbers(
      Of of, NumericSummary summary, int binNumber, int mostCells, List<SampledRow> sample) {
    Distribution values = summary.distribution();
    Cells cells = values.cells(mostCells);
    return new ProfileRow(
        of.feature,
        of.segment,
        of.kind,
        summary.rows(),
        summary.nulls(),
        summary.nans(),
        summary.infinities(),
        summary(summary, values),
        written(summary.moments()),
        quantilesBound(values, binNumber),
        values.count() == 0 ? List.of() : bins(values, binNumber),
        (long) cells.level(),
        Arrays.copyOf(cells.low(), cells.size()),
        cells.level() == 0 ? null : Arrays.copyOf(cells.high(), cells.size()),
        Arrays.copyOf(cells.count(), cells.size()),
        summary.hiddenRepeats() || (cells.level() > 0 && values.exact() && summary.repeats()),
        null,
        sample);
  }

  private static byte[] written(Moments moments) {
    try {
      return moments.written();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<ProfileBin> bins(Distribution values, int number) {
    Bins bins = Bins.of(values, number);
    long[] counts = bins.count(values);
    List<ProfileBin> rows = new ArrayList<>();
    for (int bin = 0; bin < counts.length; bin++) {
      rows.add(
          new ProfileBin(
              finite(bins.from(bin)),
              finite(bins.to(bin)),
              bins.atom(bin),
              bins.quantilesIn(bin),
              bin == 0 ? null : (Long) bins.leastKey(bin),
              counts[bin]));
    }
    return rows;
  }

  /**
   * The row of categories, or of numbers of more than 64 bits by their digits.
   *
   * @param sample the cells of the sampled rows; null: none
   */
  public static ProfileRow categorical(Of of, CategoryCounts counts, List<SampledRow> sample) {
    List<CategoryTally> tallies = new ArrayList<>(counts.distinct());
    for (int entry : counts.sorted()) {
      tallies.add(new CategoryTally(counts.name(entry), counts.count(entry)));
    }
    return new ProfileRow(
        of.feature,
        of.segment,
        of.kind,
        counts.rows(),
        counts.nulls(),
        0,
        0,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        tallies,
        sample);
  }

  /** What the finite values of a side are like. */
  public static ProfileSummary summary(NumericSummary summary, Distribution values) {
    Map<String, Double> quantiles = new LinkedHashMap<>();
    for (int i = 0; i < QUANTILES.length && values.count() > 0; i++) {
      quantiles.put(QUANTILES[i], values.quantile(PERCENTS[i], 100));
    }
    return new ProfileSummary(
        finite(summary.moments().mean()),
        finite(summary.moments().sampleStandardDeviation()),
        finite(values.min()),
        finite(values.max()),
        quantiles);
  }

  /** The greatest error of a summary's quantiles; 0 if they are exact. */
  public static double quantilesBound(Distribution values) {
    double bound = 0;
    for (int percent : PERCENTS) {
      bound = Math.max(bound, values.quantileBound(percent, 100));
    }
    return bound;
  }

  private static double quantilesBound(Distribution values, int binNumber) {
    double bound = quantilesBound(values);
    for (int k = 0; k <= binNumber; k++) {
      bound = Math.max(bound, values.quantileBound(k, binNumber));
    }
    return bound;
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /**
   * The numbers of a row.
   *
   * @param limit the number of distinct values up to which what is merged into it stays exact
   * @throws IOException if the row is damaged
   */
  public static NumericSummary numbers(ProfileRow row, NumericDomain domain, int limit)
      throws IOException {
    long[] low = row.leastKeys();
    long[] high = row.greatestKeys() == null ? low : row.greatestKeys();
    if (row.moments() == null
        || row.level() == null
        || low == null
        || row.counts() == null
        || row.hiddenRepeats() == null
        || high.length != low.length
        || row.counts().length != low.length) {
      throw new IOException("the row of %s has no whole distribution".formatted(row.feature()));
    }
    Moments moments =
        Moments.readFrom(new DataInputStream(new ByteArrayInputStream(row.moments())));
    Cells cells = new Cells(row.level().intValue(), low.length, low, high, row.counts());
    try {
      NumericSummary summary =
          NumericSummary.of(
              domain, row.nulls(), row.nans(), row.infinities(), moments, cells, limit);
      if (row.hiddenRepeats()) {
        summary.hideRepeats();
      }
      return summary;
    } catch (IllegalArgumentException e) {
      throw new IOException("the row of %s contradicts itself".formatted(row.feature()), e);
    }
  }

  /**
   * The vectors of a row.
   *
   * @param sampledRows rows that are kept at most
   */
  public static VectorSummary vectors(ProfileRow row, int limit, int sampledRows)
      throws IOException {
    RowSample sample = new RowSample(sampledRows);
    if (row.sample() == null) {
      throw new IOException("the row of %s has no sample".formatted(row.feature()));
    }
    for (SampledRow sampled : row.sample()) {
      sample.add(sampled.hash(), sampled.values());
    }
    return VectorSummary.of(numbers(row, NumericDomain.doubles(), limit), sample);
  }

  /** The categories of a row. */
  public static CategoryCounts categories(ProfileRow row) throws IOException {
    if (row.categories() == null) {
      throw new IOException("the row of %s has no categories".formatted(row.feature()));
    }
    CategoryCounts counts = new CategoryCounts();
    counts.addNulls(row.nulls());
    for (CategoryTally tally : row.categories()) {
      counts.add(tally.category().getBytes(StandardCharsets.UTF_8), tally.count());
    }
    return counts;
  }

  /** The bins of a row, unless they are only near the truth, or there are none. */
  public static Optional<BinnedReference> bins(ProfileRow row) {
    List<ProfileBin> bins = row.bins();
    if (bins == null || bins.isEmpty() || row.quantilesBound() != 0) {
      return Optional.empty();
    }
    long[] counts = new long[bins.size()];
    int[] quantiles = new int[counts.length];
    long[] cuts = new long[counts.length - 1];
    double[] edges = new double[counts.length - 1];
    for (int bin = 0; bin < counts.length; bin++) {
      counts[bin] = bins.get(bin).count();
      quantiles[bin] = (int) bins.get(bin).quantiles();
      if (bin > 0) {
        cuts[bin - 1] = bins.get(bin).leastKey();
        // Only an edge beyond the range of doubles is not written.
        edges[bin - 1] = bins.get(bin).from() == null ? Double.NaN : bins.get(bin).from();
      }
    }
    return Optional.of(BinnedReference.of(Bins.of(cuts, edges, quantiles), counts));
  }
}
