package io.plumbline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.Topic;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.ControlChange;
import io.plumbline.runtime.control.ControlKind;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.control.ControlState;
import io.plumbline.runtime.control.ControlTopic;
import io.plumbline.runtime.control.FollowedControl;
import io.plumbline.runtime.control.Overrides;
import io.plumbline.runtime.kafka.EventStreams;
import io.plumbline.runtime.launch.StreamingJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A control topic that is deleted and made anew: what it says then holds, for operators that have
 * its stream and for those that follow it, and nothing of what the old one said.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ControlAnewIT {
  @RegisterExtension static final KafkaExtension KAFKA = new KafkaExtension();

  /** What the operator goes by; its task is in this process. */
  private static final AtomicReference<String> BROADCAST = new AtomicReference<>();

  @TempDir Path folder;
  private TestTopics topics;
  private PlumblineConfig config;

  @BeforeEach
  void topics() {
    topics = KAFKA.topics();
    config = ConfigLoader.load(topics.writeConfig("at_least_once"));
  }

  private static String owners(Overrides overrides) {
    return overrides.features(List.of()).stream()
        .map(feature -> feature.name() + "=" + feature.owner())
        .collect(Collectors.joining(" "));
  }

  private static final class Owners
      extends BroadcastProcessFunction<String, ControlChange, String> {
    private final ControlState control;

    Owners(ControlSnapshot initial) {
      control = new ControlState(initial, ControlKind.FEATURE);
    }

    @Override
    public void processElement(String value, ReadOnlyContext context, Collector<String> out) {
      out.collect(value);
    }

    @Override
    public void processBroadcastElement(
        ControlChange change, Context context, Collector<String> out) throws Exception {
      var state = context.getBroadcastState(ControlState.DESCRIPTOR);
      control.add(change, state, context.currentProcessingTime());
      BROADCAST.set(owners(control.overrides(state)));
    }
  }

  /**
   * @param savepoint null: anew
   */
  private JobClient start(ControlSnapshot snapshot, String savepoint) throws Exception {
    BROADCAST.set(null);
    Configuration options = new Configuration(StreamingJob.strict());
    options.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
    if (savepoint != null) {
      options.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, options);
    EventStreams streams = new EventStreams(env, config, "control-anew", Duration.ZERO);
    var control = streams.control(snapshot);
    env.fromData(Types.STRING, "an event")
        .uid("events")
        .connect(control.broadcast(ControlState.DESCRIPTOR))
        .process(new Owners(snapshot))
        .uid("owners")
        .sinkTo(new DiscardingSink<>())
        .uid("nowhere");
    return env.executeAsync("control-anew");
  }

  private FollowedControl<String> follow(ControlSnapshot snapshot) {
    return new FollowedControl<>(
        config.kafka(),
        snapshot,
        changed -> control -> owners(Overrides.of(control.changes().values())));
  }

  private static void awaitBoth(FollowedControl<String> followed, String owners) {
    TestCluster.await(
        "both say " + owners,
        () -> owners.equals(BROADCAST.get()) && owners.equals(followed.current()));
  }

  @Test
  void whileTheJobRuns() throws Exception {
    ControlTopics.write(topics, "income=ann", "age=ann", "age=bob");
    ControlSnapshot snapshot = ControlTopic.read(config.kafka());
    FollowedControl<String> followed = follow(snapshot);
    JobClient job = start(snapshot, null);
    followed.open();
    assertThat(followed.current()).isEqualTo("age=bob income=ann");
    awaitBoth(followed, "age=bob income=ann");

    // Fewer records than were read of the old one.
    topics.makeAnew(Topic.CONTROL);
    ControlTopics.write(topics, "height=eve");
    awaitBoth(followed, "height=eve");
    // More than were read of the old one.
    topics.makeAnew(Topic.CONTROL);
    ControlTopics.write(topics, "a=1", "b=1", "c=1", "d=1", "a=2");
    awaitBoth(followed, "a=2 b=1 c=1 d=1");
    topics.makeAnew(Topic.CONTROL);
    awaitBoth(followed, "");
    ControlTopics.write(topics, "income=ann");
    awaitBoth(followed, "income=ann");

    followed.close();
    job.cancel().get(1, TimeUnit.MINUTES);
  }

  @Test
  void whileTheJobIsStopped() throws Exception {
    ControlTopics.write(topics, "income=ann", "age=ann");
    ControlSnapshot old = ControlTopic.read(config.kafka());
    JobClient job = start(old, null);
    FollowedControl<String> followed = follow(old);
    followed.open();
    // In the operator's state, and not in the launcher's snapshot alone.
    ControlTopics.write(topics, "age=bob");
    awaitBoth(followed, "age=bob income=ann");
    followed.close();
    String savepoint =
        job.stopWithSavepoint(false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
            .get(2, TimeUnit.MINUTES);
    topics.makeAnew(Topic.CONTROL);
    ControlTopics.write(topics, "a=1", "b=1", "c=1", "d=1", "a=2");

    // The launcher's snapshot may be of the new topic, or of the old one if that went after it.
    for (ControlSnapshot snapshot : List.of(ControlTopic.read(config.kafka()), old)) {
      JobClient again = start(snapshot, savepoint);
      FollowedControl<String> followedAgain = follow(snapshot);
      followedAgain.open();
      assertThat(followedAgain.current()).isEqualTo("a=2 b=1 c=1 d=1");
      awaitBoth(followedAgain, "a=2 b=1 c=1 d=1");
      followedAgain.close();
      again.cancel().get(1, TimeUnit.MINUTES);
    }
  }
}
