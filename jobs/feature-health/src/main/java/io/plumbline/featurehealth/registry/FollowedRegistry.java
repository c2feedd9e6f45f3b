package io.plumbline.featurehealth.registry;

import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.control.ControlFollower;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.control.ControlTopic;
import io.plumbline.runtime.control.ControlUnavailable;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file's registry with what the control topic says, as soon as it says it. All tasks of a job
 * in one process share one.
 */
public final class FollowedRegistry implements RegistryView {
  private static final Logger LOG = LoggerFactory.getLogger(FollowedRegistry.class);

  /** Of this class loader, which is the job's. */
  private static final Map<String, Shared> SHARED = new HashMap<>();

  private static final long RETRY_SECONDS = 60;

  private final String id = UUID.randomUUID().toString();
  private final RegistryBase base;
  private final KafkaConfig kafka;
  private final ControlSnapshot initial;
  private transient Shared shared;

  /**
   * @param initial as the launcher read it
   */
  public FollowedRegistry(RegistryBase base, KafkaConfig kafka, ControlSnapshot initial) {
    this.base = base;
    this.kafka = kafka;
    this.initial = initial;
  }

  @Override
  public void open() {
    synchronized (SHARED) {
      shared = SHARED.computeIfAbsent(id, key -> new Shared(base, kafka, initial));
      shared.users++;
    }
  }

  @Override
  public Registry current() {
    return shared.current;
  }

  @Override
  public void close() throws InterruptedException {
    if (shared == null) {
      return;
    }
    synchronized (SHARED) {
      shared.users--;
      if (shared.users == 0) {
        SHARED.remove(id);
        shared.close();
      }
    }
  }

  private static final class Shared {
    private final RegistryBase base;
    private final ReferenceProfiles references;
    private final ControlFollower follower;
    private final ScheduledExecutorService retries;
    private volatile Registry current;
    private ControlSnapshot control;
    private int users;

    Shared(RegistryBase base, KafkaConfig kafka, ControlSnapshot initial) {
      this.base = base;
      references = new ReferenceProfiles(base.categoriesLimit());
      control = newest(kafka, initial);
      current = base.with(control, references);
      follower = new ControlFollower(kafka, control, this::changed);
      retries =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread thread = new Thread(task, "references");
                thread.setDaemon(true);
                return thread;
              });
      var unused =
          retries.scheduleWithFixedDelay(
              this::retry, RETRY_SECONDS, RETRY_SECONDS, TimeUnit.SECONDS);
    }

    /** After a failure the launcher's is old: what is read again must be counted by today's. */
    private static ControlSnapshot newest(KafkaConfig kafka, ControlSnapshot initial) {
      try {
        return ControlTopic.read(kafka);
      } catch (ControlUnavailable e) {
        LOG.warn("the registry begins as the job was submitted: {}", e.getMessage());
        return initial;
      }
    }

    private synchronized void changed(ControlSnapshot now) {
      control = now;
      Registry next = base.with(now, references);
      // A silence, say, changes nothing here, and nobody is to look everything up again for it.
      if (!next.says(current)) {
        current = next;
      }
    }

    /** A profile may be taken after it was referred to, and a store may have been away. */
    private synchronized void retry() {
      if (references.retry()) {
        current = base.with(control, references);
      }
    }

    void close() throws InterruptedException {
      retries.shutdownNow();
      follower.close();
    }
  }
}
