package io.plumbline.runtime.profile;

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
  private final double unseen;

  private KnownCategories(List<CategoryTally> categories, long limit, boolean sampled) {
    long total = categories.stream().mapToLong(CategoryTally::count).sum();
    List<CategoryTally> byCount = new ArrayList<>(categories);
    // Ties by name, so that each task knows the same.
    byCount.sort(
        Comparator.comparingLong((CategoryTally tally) -> -tally.count())
            .thenComparing(CategoryTally::category));
    long left = 0;
    for (CategoryTally tally : byCount) {
      if (tally.count() >= NAMED_SHARE * total) {
        named.put(tally.category(), tally.count());
      } else if (named.size() + hashed.size() < limit) {
        hashed.merge(hash(tally.category()), tally.count(), Long::sum);
      } else {
        left += tally.count();
      }
    }
    long singletons = categories.stream().filter(tally -> tally.count() == 1).count();
    bound = total == 0 ? 0 : (double) left / total;
    unseen = sampled && total > 0 ? Math.min(1, bound + (double) singletons / total) : bound;
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
   * How likely a category is unknown although nothing has changed: the bound, and what the
   * reference itself has not seen (Good and Turing: the share of rows whose category stands once).
   */
  public double unseen() {
    return unseen;
  }

  /** A number by which these are told from others, in every process the same. */
  public long fingerprint() {
    // Free of order, as sets are.
    return named.keySet().stream().mapToLong(KnownCategories::hash).sum()
        + hashed.keySet().stream().mapToLong(Long::longValue).sum();
  }
}
