package io.plumbline.runtime.ingest;

/**
 * Says to a task from when on silence counts: once the job's sources have caught up, and what they
 * read has had the time to arrive. Closed again after each start, as an outage of ours is nobody
 * else's.
 */
public final class CatchUpGate {
  private static final long IN_TRANSIT_MILLIS = 2000;

  private long opensAt = Long.MAX_VALUE;

  /**
   * Takes note that the sources have caught up.
   *
   * @param now by the machine's clock, in epoch milliseconds as everywhere here
   */
  public void caughtUp(long now) {
    if (opensAt == Long.MAX_VALUE) {
      opensAt = now + IN_TRANSIT_MILLIS;
    }
  }

  /** Whether silence counts. */
  public boolean isOpen(long now) {
    return now >= opensAt;
  }

  /** When to ask again, of a gate that is closed. */
  long askAgainAt(long now) {
    return opensAt == Long.MAX_VALUE ? now + IN_TRANSIT_MILLIS : opensAt;
  }
}
