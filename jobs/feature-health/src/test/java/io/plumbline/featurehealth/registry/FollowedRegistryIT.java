package io.plumbline.featurehealth.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.ControlMessage;
import io.plumbline.profile.ReferenceProfile;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.control.ControlTopic;
import io.plumbline.testing.KafkaExtension;
import io.plumbline.testing.TestCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A store of reference profiles that hangs delays what it holds, and nothing else. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class FollowedRegistryIT {
  @RegisterExtension static final KafkaExtension KAFKA = new KafkaExtension();

  /** Each permit is an answer of the store; whoever asks for one more waits. */
  private static final Semaphore ANSWERS = new Semaphore(0);

  private static ReferenceProfile read(String reference) {
    ANSWERS.acquireUninterruptibly();
    return new ReferenceProfile(Map.of(), Map.of("country", List.of("DE", "FR")));
  }

  private static FollowedRegistry registry(KafkaConfig kafka, ControlSnapshot initial) {
    RegistryBase base =
        RegistryBase.of(
            ConfigLoader.parse(
                "c",
                """
                models:
                  - name: credit
                    segments: [{column: country, max_values: 10}]
                    versions: [{version: v3, reference: slow}]
                """));
    return new FollowedRegistry(base, kafka, initial, FollowedRegistryIT::read);
  }

  private static void write(KafkaConfig kafka, String kind, String name, String spec) {
    ControlTopic.write(kafka, List.of(new ControlMessage(kind, name, spec, "test", Instant.EPOCH)));
  }

  @Test
  void tasksOpenAskAndCloseWhileTheStoreHangs() throws Exception {
    KafkaConfig kafka = KAFKA.topics().config();
    FollowedRegistry first = registry(kafka, ControlTopic.read(kafka));
    FollowedRegistry second = InstantiationUtil.clone(first);
    Instant began = Instant.now();
    first.open();
    // They wait together.
    second.open();
    assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(40));
    Registry before = first.current();
    assertThat(second.current()).isSameAs(before);
    long without = before.seriesOf("credit", "v3");

    write(kafka, "feature", "age", "{\"type\":\"numeric\"}");
    TestCluster.await("age is registered", () -> second.current().isRegistered("age"));
    assertThat(first.current().seriesOf("credit", "v3")).isEqualTo(without);

    ANSWERS.release();
    TestCluster.await(
        "the profile counts", () -> first.current().seriesOf("credit", "v3") > without);
    long with = first.current().seriesOf("credit", "v3");

    // The next one hangs again: until it comes the old one counts, and all else changes.
    write(
        kafka,
        "reference",
        "credit/v3",
        "{\"model\":\"credit\",\"version\":\"v3\",\"reference\":\"another\"}");
    write(kafka, "feature", "income", "{\"type\":\"numeric\"}");
    TestCluster.await("income is registered", () -> first.current().isRegistered("income"));
    assertThat(second.current().seriesOf("credit", "v3")).isEqualTo(with);

    // Closed with the reading still under way; a task that opens now begins by itself.
    first.close();
    second.close();
    ANSWERS.release(2);
    FollowedRegistry third = InstantiationUtil.clone(first);
    third.open();
    assertThat(third.current().isRegistered("income")).isTrue();
    assertThat(third.current().seriesOf("credit", "v3")).isEqualTo(with);
    third.close();
  }
}
