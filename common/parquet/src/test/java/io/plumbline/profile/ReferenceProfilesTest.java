package io.plumbline.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.profile.ReferenceProfiles.Known;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When references are read, again, and forgotten; a profile is a text here. */
class ReferenceProfilesTest {
  private final Semaphore readings = new Semaphore(0);
  private final Semaphore store = new Semaphore(0);

  private void await() throws InterruptedException {
    assertThat(readings.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
  }

  private ReferenceProfiles<String> profiles(ReferenceProfiles.Source<String> source) {
    return new ReferenceProfiles<>(source, readings::release);
  }

  @Test
  void aProfileThatComesLaterIsFound() throws Exception {
    AtomicBoolean isThere = new AtomicBoolean();
    try (ReferenceProfiles<String> references =
        profiles(
            reference -> {
              if (!isThere.get()) {
                throw new IOException("none");
              }
              return reference;
            })) {
      Set<String> wanted = Set.of("a");
      references.want(wanted);
      await();
      assertThat(references.want(wanted)).isEqualTo(new Known<>(Map.of(), true));
      isThere.set(true);
      assertThat(references.want(wanted)).isEqualTo(new Known<>(Map.of(), true));
      references.retry();
      await();
      assertThat(references.want(wanted).profiles()).containsKey("a");
      references.retry();
      assertThat(references.want(wanted).isComplete()).isTrue();
    }
  }

  @Test
  void whatNobodyRefersToIsForgotten() throws Exception {
    List<String> read = new CopyOnWriteArrayList<>();
    try (ReferenceProfiles<String> references =
        profiles(
            reference -> {
              read.add(reference);
              return reference;
            })) {
      references.want(Set.of("a", "b"));
      await();
      await();
      assertThat(references.want(Set.of("b")).profiles()).isEqualTo(Map.of("b", "b"));
      references.want(Set.of("a", "b"));
      await();
      assertThat(references.want(Set.of("a", "b")).profiles())
          .isEqualTo(Map.of("a", "a", "b", "b"));
      assertThat(read).containsExactlyInAnyOrder("a", "b", "a");
    }
  }

  @Test
  void aStoreThatHangsStopsNobodyAndIsAskedOnce() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    ReferenceProfiles<String> references =
        profiles(
            reference -> {
              if (reference.startsWith("hangs")) {
                asked.incrementAndGet();
                store.acquireUninterruptibly();
              }
              return reference;
            });
    Set<String> both = Set.of("hangs", "answers");
    references.want(both);
    await();
    Map<String, String> answered = Map.of("answers", "answers");
    assertThat(references.want(both)).isEqualTo(new Known<>(answered, false));
    references.retry();
    assertThat(references.want(Set.of("answers"))).isEqualTo(new Known<>(answered, true));
    assertThat(references.want(both)).isEqualTo(new Known<>(answered, false));
    store.release();
    await();
    assertThat(references.want(both).profiles()).containsOnlyKeys(both);
    assertThat(asked).hasValue(1);
    references.want(Set.of("hangs too"));
    references.close();
    store.release();
  }

  @Test
  void anErrorIsNoProfileAndEndsTheReadingLikeAnyOther() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (ReferenceProfiles<String> references =
        profiles(
            reference -> {
              if (asked.incrementAndGet() == 1) {
                throw new NoClassDefFoundError("a codec");
              }
              return reference;
            })) {
      references.want(Set.of("a"));
      await();
      assertThat(references.want(Set.of("a"))).isEqualTo(new Known<>(Map.of(), true));
      references.retry();
      await();
      assertThat(references.want(Set.of("a")).profiles()).containsOnlyKeys("a");
    }
  }
}
