package io.plumbline.profile;

import io.plumbline.events.ProfileSummary;
import io.plumbline.runtime.expectation.KnownCategories;
import io.plumbline.runtime.expectation.ReferenceFeature;
import io.plumbline.stats.category.CategoryTally;
import java.util.List;

/**
 * What a reference profile says of one feature in one segment: a row of its file, sorted by feature
 * and segment. What does not apply to the feature's kind is null.
 *
 * @param segment empty, or the text of a {@link io.plumbline.events.Segment}
 * @param kind numeric, categorical, embedding or multivariate
 * @param summary of the finite values; of the norms of an embedding
 * @param moments their exact sums, in the form of {@link io.plumbline.stats.moments.Moments}
 * @param quantilesBound the greatest error of the summary's quantiles and of the edges of bins; 0:
 *     they are exact
 * @param bins at the feature's quantiles
 * @param level of the cells: keys that agree but for so many low bits share one
 * @param leastKeys the least key of each cell, ascending ({@link
 *     io.plumbline.stats.numeric.NumericDomain} says what the key of a number is)
 * @param greatestKeys the greatest; null at level 0, where a cell is one key
 * @param counts how many values are in each cell
 * @param hiddenRepeats whether a value is known to stand more than once though the cells, of
 *     several keys, do not show it
 * @param categories by code points; also the numbers of more than 64 bits, by their digits
 * @param sample by hash: of embeddings and multivariate features vectors; of the others, in the
 *     empty segment, the cells of the same rows
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ProfileRow(
    String feature,
    String segment,
    String kind,
    long rows,
    long nulls,
    long nans,
    long infinities,
    ProfileSummary summary,
    byte[] moments,
    Double quantilesBound,
    List<ProfileBin> bins,
    Long level,
    long[] leastKeys,
    long[] greatestKeys,
    long[] counts,
    Boolean hiddenRepeats,
    List<CategoryTally> categories,
    List<SampledRow> sample) {

  /**
   * What streams take of it; of the row of the empty segment.
   *
   * @param categoriesLimit {@code limits.categories}
   */
  public ReferenceFeature reference(long categoriesLimit) {
    boolean hasNumbers = kind.equals("numeric") && summary != null;
    boolean hasCategories = kind.equals("categorical") && categories != null;
    return new ReferenceFeature(
        rows,
        nulls,
        hasNumbers ? rows - nulls - nans - infinities : 0,
        hasNumbers ? summary.min() : null,
        hasNumbers ? summary.max() : null,
        hasCategories ? KnownCategories.of(categories, categoriesLimit) : null);
  }
}
