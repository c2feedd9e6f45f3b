package io.plumbline.runtime.expectation;

import io.plumbline.stats.category.CategoryTally;
import io.plumbline.stats.proportion.ExpectedShare;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * The categories of a reference, as a stream can hold them: those that many rows have by name, the
 * others by a hash of 64 bits, at most so many, the most frequent first.
 */
public final class KnownCategories {
  /** A category with this share of the reference has a bin of its own, so its name is kept. */
  private static final double NAMED_SHARE = 1e-3;

  private final Map<String, Long> named = new HashMap<>();
  private final Map<Long, Long> hashed = new HashMap<>();
  private final double bound;
  private final ExpectedShare unseen;

  private KnownCategories(List<CategoryTally> categories, long limit, boolean sampled) {
    long total = categories.stream().mapToLong(CategoryTally::count).sum();
    List<CategoryTally> byCount = new ArrayList<>(categories);
    // Ties by name, so that each task knows the same.
    byCount.sort(
        Comparator.comparingLong((CategoryTally tally) -> -tally.count())
            .thenComparing(CategoryTally::category));
    long left = 0;
    int kept = 0;
    for (CategoryTally tally : byCount) {
      if (tally.count() >= NAMED_SHARE * total) {
        named.put(tally.category(), tally.count());
        kept++;
      } else if (named.size() + hashed.size() < limit) {
        hashed.merge(hash(tally.category()), tally.count(), Long::sum);
        kept++;
      } else {
        left += tally.count();
      }
    }
    bound = total == 0 ? 0 : (double) left / total;
    unseen =
        sampled
            ? ExpectedShare.ofUnseen(
                byCount.stream().mapToLong(CategoryTally::count).toArray(), kept)
            : ExpectedShare.NONE;
  }

  /**
   * @param limit of categories kept ({@code limits.categories}); those with a name are kept in any
   *     case, of which there are at most 1000
   */
  public static KnownCategories of(List<CategoryTally> categories, long limit) {
    return new KnownCategories(categories, limit, true);
  }

  /** Those that a person has listed. */
  public static KnownCategories listed(Collection<String> names) {
    return new KnownCategories(
        names.stream().map(name -> new CategoryTally(name, 1)).toList(), Long.MAX_VALUE, false);
  }

  private static long hash(String category) {
    return MurmurHash3.hash128x64(category.getBytes(StandardCharsets.UTF_8))[0];
  }

  /** Whether the reference has it; see {@link #bound}. */
  public boolean contains(String category) {
    return count(category) > 0;
  }

  /** How many rows of the reference have it. */
  public long count(String category) {
    Long count = named.get(category);
    if (count == null && !hashed.isEmpty()) {
      count = hashed.get(hash(category));
    }
    return count == null ? 0 : count;
  }

  /**
   * The share of the reference's rows whose category was not kept: so much of what has the
   * reference's distribution is taken for new.
   */
  public double bound() {
    return bound;
  }

  /**
   * The share of rows that are of an unknown category although nothing has changed: of those that
   * were not kept, and of those that the reference itself has not seen; none of those that a person
   * listed.
   */
  public ExpectedShare unseen() {
    return unseen;
  }

  /** A number by which these are told from others, in every process the same. */
  public long fingerprint() {
    // Free of order, as sets are.
    return named.keySet().stream().mapToLong(KnownCategories::hash).sum()
        + hashed.keySet().stream().mapToLong(Long::longValue).sum();
  }
}
