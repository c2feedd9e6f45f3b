package io.plumbline.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ControlFollowerTest {
  /** Takes nothing. */
  private static final class Broken implements ControlFollower.Listener {
    private final AtomicInteger asked = new AtomicInteger();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

    @Override
    public void changed(ControlSnapshot now) {
      throw new IllegalStateException("for the time no. " + asked.incrementAndGet());
    }

    @Override
    public void failed(Throwable cause) {
      failure.complete(cause);
    }
  }

  @Test
  void aListenerThatNeverTakesAnythingFailsTheTasksAtLast() throws Exception {
    FakeTopic topic = new FakeTopic();
    Broken listener = new Broken();
    try (ControlFollower unused =
        new ControlFollower(FakeTopic.NAME, topic::consumer, Changes.snapshot(0), listener)) {
      assertThat(listener.failure.get(1, TimeUnit.MINUTES)).hasMessage("for the time no. 10");
    }
  }
}
