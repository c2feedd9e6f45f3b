package io.plumbline.profile;

/**
 * What a sampled row has of a feature. A row is sampled for all features that are numbers or
 * categories, or for none of them; it is the same row where hash and place are.
 *
 * @param hash of the row's id where there is an id column, else of its place: the lowest are
 *     sampled
 * @param place a hash of the place, which tells rows of the same id apart; null for vectors, of
 *     which only those without a missing component are sampled
 * @param values a number, or the components of a vector; null: it is missing, or text
 * @param text of a category, or of a number of more than 64 bits; null: it is missing, or a number
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SampledRow(long hash, Long place, double[] values, String text) {

  /** The order in which rows are sampled: by hash, then by place, as unsigned numbers. */
  public static int compare(long hash, long place, long otherHash, long otherPlace) {
    int byHash = Long.compareUnsigned(hash, otherHash);
    return byHash != 0 ? byHash : Long.compareUnsigned(place, otherPlace);
  }
}
