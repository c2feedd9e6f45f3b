package io.plumbline.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which profile counts when a version refers to another; a profile is a text here. */
class VersionProfilesTest {
  private static final ModelVersion V3 = new ModelVersion("credit", "v3");

  private final Semaphore readings = new Semaphore(0);
  private final Semaphore store = new Semaphore(0);
  private ReferenceProfiles<String> references;

  private void await() throws InterruptedException {
    assertThat(readings.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
  }

  private VersionProfiles<String> profiles(ReferenceProfiles.Source<String> source) {
    references = new ReferenceProfiles<>(source, readings::release);
    return new VersionProfiles<>(references);
  }

  private static Map<ModelVersion, String> refersTo(String reference) {
    return Map.of(V3, reference);
  }

  @Test
  void theOldReferenceCountsUntilTheNewOneWasRead() throws Exception {
    try (VersionProfiles<String> profiles =
        profiles(
            reference -> {
              if (reference.equals("hangs")) {
                store.acquireUninterruptibly();
              }
              return reference;
            })) {
      assertThat(profiles.of(refersTo("old"))).isEmpty();
      await();
      assertThat(profiles.of(refersTo("old"))).isEqualTo(Map.of(V3, "old"));
      assertThat(profiles.of(refersTo("hangs"))).isEqualTo(Map.of(V3, "old"));
      assertThat(profiles.isComplete()).isFalse();
      store.release();
      await();
      assertThat(profiles.of(refersTo("hangs"))).isEqualTo(Map.of(V3, "hangs"));
      assertThat(profiles.isComplete()).isTrue();
    }
  }

  @Test
  void theOldReferenceCountsWhileTheNewOneCannotBeRead() throws Exception {
    AtomicInteger left = new AtomicInteger(2);
    try (VersionProfiles<String> profiles =
        profiles(
            reference -> {
              if (reference.equals("later") && left.getAndDecrement() > 0) {
                throw new IOException("away");
              }
              return reference;
            })) {
      profiles.of(refersTo("old"));
      await();
      assertThat(profiles.of(refersTo("old"))).isEqualTo(Map.of(V3, "old"));
      profiles.of(refersTo("later"));
      await();
      assertThat(profiles.of(refersTo("later"))).isEqualTo(Map.of(V3, "old"));
      assertThat(profiles.isComplete()).isTrue();
      references.retry();
      await();
      assertThat(profiles.of(refersTo("later"))).isEqualTo(Map.of(V3, "old"));
      references.retry();
      await();
      assertThat(profiles.of(refersTo("later"))).isEqualTo(Map.of(V3, "later"));
    }
  }

  @Test
  void aReferenceThatIsTakenBackCountsNoMore() throws Exception {
    try (VersionProfiles<String> profiles =
        profiles(
            reference -> {
              if (reference.equals("nowhere")) {
                throw new IOException("none");
              }
              return reference;
            })) {
      profiles.of(refersTo("old"));
      await();
      assertThat(profiles.of(refersTo("old"))).isEqualTo(Map.of(V3, "old"));
      profiles.of(refersTo("nowhere"));
      await();
      assertThat(profiles.of(Map.of())).isEmpty();
    }
  }

  @Test
  void aReferenceThatIsReadAgainCountsMeanwhile() throws Exception {
    store.release();
    try (VersionProfiles<String> profiles =
        profiles(
            reference -> {
              if (reference.equals("nowhere")) {
                throw new IOException("none");
              }
              store.acquireUninterruptibly();
              return reference;
            })) {
      profiles.of(refersTo("old"));
      await();
      assertThat(profiles.of(refersTo("old"))).isEqualTo(Map.of(V3, "old"));
      profiles.of(refersTo("nowhere"));
      await();
      // What nobody referred to was forgotten; its store hangs now.
      assertThat(profiles.of(refersTo("old"))).isEqualTo(Map.of(V3, "old"));
      assertThat(profiles.isComplete()).isFalse();
      store.release();
      await();
      assertThat(profiles.of(refersTo("old"))).isEqualTo(Map.of(V3, "old"));
      assertThat(profiles.isComplete()).isTrue();
    }
  }
}
