package io.plumbline.profile;

import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reference profiles that are referred to, each read once by a thread of this object's own. One
 * that cannot be read is tried again each minute: it may be taken after it was referred to, and a
 * store may be away.
 *
 * @param <P> what is taken of a profile
 */
public final class ReferenceProfiles<P> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReferenceProfiles.class);

  /** So many stores may hang before what others hold has to wait. */
  private static final int THREADS = 8;

  private static final long RETRY_SECONDS = 60;

  private final Source<P> source;
  private final Runnable changed;
  private final Map<String, Entry<P>> entries = new HashMap<>();
  private final ThreadPoolExecutor readers;
  private final ScheduledThreadPoolExecutor retries;

  /**
   * Where profiles are read from.
   *
   * @param <P> what is taken of a profile
   */
  @FunctionalInterface
  public interface Source<P> extends Serializable {
    /**
     * @throws IOException if there is none; an unchecked exception is taken for the same
     */
    P read(String reference) throws IOException;
  }

  /**
   * What there is of the references that are wanted, all at one time.
   *
   * @param <P> what is taken of a profile
   * @param profiles by reference, those that were read: a job that watches does not stop for what
   *     it compares with
   * @param isComplete whether none of the others is being read
   */
  record Known<P>(Map<String, P> profiles, boolean isComplete) {}

  private static final class Entry<P> {
    private boolean isWanted;
    private boolean isReading;
    private P profile;
  }

  /**
   * @param changed is run, by a reading thread, after each reading
   */
  public ReferenceProfiles(Source<P> source, Runnable changed) {
    this.source = source;
    this.changed = changed;
    ThreadFactory daemons = ReferenceProfiles::daemon;
    readers =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            RETRY_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            daemons);
    readers.allowCoreThreadTimeOut(true);
    retries = new ScheduledThreadPoolExecutor(1, daemons);
    var unused =
        retries.scheduleWithFixedDelay(this::retry, RETRY_SECONDS, RETRY_SECONDS, TimeUnit.SECONDS);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "references");
    thread.setDaemon(true);
    thread.setContextClassLoader(ReferenceProfiles.class.getClassLoader());
    return thread;
  }

  /**
   * Begins to read those that are new among these, and forgets those that are not among them.
   *
   * @return what there is of these
   */
  synchronized Known<P> want(Set<String> references) {
    entries.values().forEach(entry -> entry.isWanted = false);
    for (String reference : references) {
      Entry<P> entry = entries.get(reference);
      if (entry == null) {
        entry = new Entry<>();
        entries.put(reference, entry);
        begin(reference, entry);
      }
      entry.isWanted = true;
    }
    // What a hanging store was asked for is not asked for once more.
    entries.values().removeIf(entry -> !entry.isWanted && !entry.isReading);
    Map<String, P> profiles = new HashMap<>();
    boolean isComplete = true;
    for (String reference : references) {
      Entry<P> entry = entries.get(reference);
      if (entry.profile != null) {
        profiles.put(reference, entry.profile);
      }
      isComplete &= !entry.isReading;
    }
    return new Known<>(profiles, isComplete);
  }

  /** Tries those again that could not be read. */
  synchronized void retry() {
    entries.forEach(
        (reference, entry) -> {
          if (entry.profile == null && !entry.isReading) {
            begin(reference, entry);
          }
        });
  }

  private void begin(String reference, Entry<P> entry) {
    entry.isReading = true;
    readers.execute(
        () -> {
          P profile = null;
          try {
            profile = source.read(reference);
          } catch (IOException | RuntimeException e) {
            LOG.warn(
                "{}: no reference profile, which 'plumbline snapshot' makes of data: {}; until there is one, that of before counts, or what depends on training data is not checked",
                reference,
                e.getMessage());
          } catch (Throwable e) {
            // A class that does not load, say: it is no profile either, and is to be seen.
            LOG.error("{}: the reference profile could not be read", reference, e);
          } finally {
            end(reference, entry, profile);
            changed.run();
          }
        });
  }

  private synchronized void end(String reference, Entry<P> entry, P profile) {
    entry.isReading = false;
    entry.profile = profile;
    if (!entry.isWanted) {
      entries.remove(reference);
    }
  }

  /** Does not wait for a store that hangs. */
  @Override
  public void close() {
    retries.shutdownNow();
    readers.shutdownNow();
  }
}
