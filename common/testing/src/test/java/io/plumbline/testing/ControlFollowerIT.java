package io.plumbline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.runtime.control.ControlFollower;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.control.ControlTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The thread that follows control goes on whatever happens to it, or says that it does not. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ControlFollowerIT {
  @RegisterExtension static final KafkaExtension KAFKA = new KafkaExtension();

  /** Throws what it is to throw, once each; takes all else. */
  private static final class Fragile implements ControlFollower.Listener {
    private final List<Throwable> toThrow = new CopyOnWriteArrayList<>();
    private final AtomicReference<ControlSnapshot> taken = new AtomicReference<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    @Override
    public void changed(ControlSnapshot now) {
      if (!toThrow.isEmpty()) {
        Throwable next = toThrow.remove(0);
        if (next instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) next;
      }
      taken.set(now);
    }

    @Override
    public void failed(Throwable cause) {
      failure.set(cause);
    }

    void await(String... keys) {
      TestCluster.await(
          "it has " + List.of(keys),
          () ->
              taken.get() != null && taken.get().changes().keySet().equals(java.util.Set.of(keys)));
    }
  }

  @Test
  void exceptionsAndInterruptsDoNotEndItAndErrorsAreTold() throws Exception {
    TestTopics topics = KAFKA.topics();
    ControlSnapshot initial = ControlTopic.read(topics.config());
    Fragile listener = new Fragile();
    listener.toThrow.addAll(List.of(new IllegalStateException("1"), new ClassCastException("2")));
    try (ControlFollower unused = new ControlFollower(topics.config(), initial, listener)) {
      listener.await();
      ControlTopics.write(topics, "income=ann");
      listener.await("feature/income");
      // It gets the same again, also if no change follows.
      listener.toThrow.add(new IllegalArgumentException("3"));
      ControlTopics.write(topics, "age=ann");
      listener.await("feature/income", "feature/age");

      for (Thread thread : followers()) {
        thread.interrupt();
      }
      ControlTopics.write(topics, "height=ann");
      listener.await("feature/income", "feature/age", "feature/height");
      assertThat(listener.failure).hasValue(null);

      Error error = new NoClassDefFoundError("a class that is not there");
      listener.toThrow.add(error);
      ControlTopics.write(topics, "weight=ann");
      TestCluster.await("it says that it ended", () -> listener.failure.get() == error);
    }
    assertThat(followers()).isEmpty();
  }

  private static List<Thread> followers() {
    List<Thread> followers = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("control")) {
        followers.add(thread);
      }
    }
    return followers;
  }
}
