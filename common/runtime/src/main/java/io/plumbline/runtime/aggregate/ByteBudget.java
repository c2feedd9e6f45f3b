package io.plumbline.runtime.aggregate;

/**
 * How many bytes of memory may still be taken for good: names come from events, and whoever sends
 * them could fill the memory with them.
 */
public final class ByteBudget {
  private final long most;
  private long taken;

  /**
   * @param most bytes
   */
  public ByteBudget(long most) {
    this.most = most;
  }

  /** Takes so many bytes more, or none if there are not as many. */
  public boolean grants(long bytes) {
    if (most - taken < bytes) {
      return false;
    }
    taken += bytes;
    return true;
  }

  /** Bytes that have been taken. */
  public long taken() {
    return taken;
  }
}
