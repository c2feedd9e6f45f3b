package io.plumbline.featurehealth.tally;

/**
 * How many series a task may still begin: names come from events, and whoever sends them could fill
 * the memory with them.
 */
final class SeriesBudget {
  /** What stands for all that is over the limit. */
  static final String OTHER = "__other__";

  private long left;

  SeriesBudget(long limit) {
    left = limit;
  }

  /** Whether so many more may begin. */
  boolean grants(long series) {
    if (left < series) {
      return false;
    }
    left -= series;
    return true;
  }
}
