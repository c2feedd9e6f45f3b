package io.plumbline.profile;

/**
 * What a stream takes from the reference profile of a feature.
 *
 * @param rows of the reference
 * @param nulls of these
 * @param finite numbers among these
 * @param min of the finite values; null: it has none, or no numbers
 * @param max of the finite values
 * @param categories null: it has none
 */
public record ReferenceFeature(
    long rows, long nulls, long finite, Double min, Double max, KnownCategories categories) {

  /**
   * @param row of the empty segment
   * @param categoriesLimit {@code limits.categories}
   */
  public static ReferenceFeature of(ProfileRow row, long categoriesLimit) {
    boolean numbers = row.kind().equals("numeric") && row.summary() != null;
    boolean categories = row.kind().equals("categorical") && row.categories() != null;
    return new ReferenceFeature(
        row.rows(),
        row.nulls(),
        numbers ? row.rows() - row.nulls() - row.nans() - row.infinities() : 0,
        numbers ? row.summary().min() : null,
        numbers ? row.summary().max() : null,
        categories ? KnownCategories.of(row.categories(), categoriesLimit) : null);
  }
}
