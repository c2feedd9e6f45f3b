package io.plumbline.runtime.aggregate;

/**
 * What a task may still take for names that nobody has registered: they come from events, and
 * whoever sends them could fill the memory with them. What is over the limit is counted as {@link
 * io.plumbline.events.ReservedNames#OTHER}. Registered names are never asked for.
 */
public final class NameBudget {
  private final long mostBytes;
  private long series;
  private long bytes;

  /**
   * @param series that may begin ({@code limits.series})
   * @param mostBytes of memory that may be taken for good
   */
  public NameBudget(long series, long mostBytes) {
    this.series = series;
    this.mostBytes = mostBytes;
  }

  /** Takes so many series and bytes, or nothing of either if there is too little of one. */
  public boolean grants(long moreSeries, long moreBytes) {
    if (series < moreSeries || mostBytes - bytes < moreBytes) {
      return false;
    }
    series -= moreSeries;
    bytes += moreBytes;
    return true;
  }

  /** Bytes that have been taken. */
  public long bytes() {
    return bytes;
  }
}
