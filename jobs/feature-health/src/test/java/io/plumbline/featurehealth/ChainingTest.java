package io.plumbline.featurehealth;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.featurehealth.registry.Registries;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.kafka.EventStreams;
import io.plumbline.runtime.launch.StreamingJob;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;

/** Which operators share a task: an event that changes tasks before it is folded is serialised. */
class ChainingTest {
  private static final List<String> TASKS = tasks();

  private static List<String> tasks() {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(2, StreamingJob.strict());
    PlumblineConfig config = PlumblineConfig.defaults();
    EventStreams streams = new EventStreams(env, config, "test", Duration.ofMinutes(1));
    ControlSnapshot control = new ControlSnapshot(List.of(), 0);
    FeatureHealthPipeline.Outputs out =
        FeatureHealthPipeline.build(
            FeatureHealthPipeline.Inputs.of(streams, control),
            config,
            Registries.fixed(""),
            control);
    out.metrics()
        .union(streams.deadLetterCounts(Duration.ofMinutes(1)))
        .sinkTo(new DiscardingSink<>())
        .uid("metrics");
    out.checks().sinkTo(new DiscardingSink<>()).uid("checks");
    streams.writeDeadLetters();
    return StreamSupport.stream(
            env.getStreamGraph().getJobGraph().getVertices().spliterator(), false)
        .map(JobVertex::getName)
        .toList();
  }

  private static String task(String operator) {
    List<String> with = TASKS.stream().filter(task -> task.contains(operator)).toList();
    assertThat(with).as(operator).hasSize(1);
    return with.get(0);
  }

  @Test
  void valuesOfFeaturesAreFoldedInTheTaskOfTheirSource() {
    assertThat(task("read features"))
        .contains(
            "admit-features",
            "fold-features",
            "newest-of-features",
            "newest-of-late-features",
            "sample-twins",
            "sample-late-twins",
            "count-refused-features");
  }

  @Test
  void predictionsAreFoldedInTheTaskOfTheirSource() {
    assertThat(task("read predictions"))
        .contains(
            "admit-predictions",
            "fold-predictions",
            "newest-of-predictions",
            "count-refused-predictions");
  }

  @Test
  void deadLettersAreCountedInTheTasksThatMakeThem() {
    assertThat(task("count dead letters")).doesNotContain("read ");
    assertThat(task("read control")).contains("admit-control", "count-refused-control");
  }
}
