package io.plumbline.benchmarks;

/** A row of the table of {@code plumbline bench drift}, and what it must keep to. */
enum DriftRun {
  exact("everything exact, the default", "DuckDB, the same answers", 0.15, 2560),
  approximate("`--approximate`", "DuckDB, approximate quantiles", 0.30, 1024),
  threefold("3x the rows", "1x", 3.1, 2560),
  segments("`--segment-by c_20`, exact", "without", 2.5, 2560),
  sample("the README's sample", null, 5, 2560);

  private final String words;
  private final String against;
  private final double limit;
  private final long peakMiB;

  /**
   * @param against the other side; null: nothing, the limit is one of seconds from the shell
   * @param limit otherwise of the ratio of CPU times
   * @param peakMiB limit of the run's memory
   */
  DriftRun(String words, String against, double limit, long peakMiB) {
    this.words = words;
    this.against = against;
    this.limit = limit;
    this.peakMiB = peakMiB;
  }

  String words() {
    return words;
  }

  String against() {
    return against;
  }

  double limit() {
    return limit;
  }

  long peakMiB() {
    return peakMiB;
  }
}
