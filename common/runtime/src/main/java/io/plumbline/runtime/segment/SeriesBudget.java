package io.plumbline.runtime.segment;

/**
 * How many series a task may still begin for names that nobody has registered: they come from
 * events, and whoever sends them could fill the memory with them. What is over the limit is counted
 * as {@link io.plumbline.events.ReservedNames#OTHER}. Those of registered names are never asked
 * for.
 */
public final class SeriesBudget {
  private long left;

  /**
   * @param limit {@code limits.series}
   */
  public SeriesBudget(long limit) {
    left = limit;
  }

  /** Whether so many more may begin; if so, they have. */
  public boolean grants(long series) {
    if (left < series) {
      return false;
    }
    left -= series;
    return true;
  }
}
