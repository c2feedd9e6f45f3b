package io.plumbline.featurehealth;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.launch.StreamingJob;
import io.plumbline.testing.KafkaExtension;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which operators share a task: an event that changes tasks before it is folded is serialised. */
class ChainingIT {
  @RegisterExtension final KafkaExtension kafka = new KafkaExtension();

  private List<JobVertex> tasks;

  @BeforeEach
  void defineTheJob() {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(2, StreamingJob.strict());
    FeatureHealthJob.define(env, ConfigLoader.load(kafka.topics().writeConfig("at_least_once")));
    tasks =
        StreamSupport.stream(env.getStreamGraph().getJobGraph().getVertices().spliterator(), false)
            .toList();
  }

  private JobVertex vertex(String operator) {
    List<JobVertex> with =
        tasks.stream().filter(task -> task.getName().contains(operator)).toList();
    assertThat(with).as(operator).hasSize(1);
    return with.get(0);
  }

  private String task(String operator) {
    return vertex(operator).getName();
  }

  @Test
  void valuesOfFeaturesAreFoldedInTheTaskOfTheirSource() {
    assertThat(task("read features"))
        .contains(
            "admit-features",
            "fold-features",
            "whole-windows-of-features",
            "newest-of-features",
            "newest-of-late-features",
            "sample-twins",
            "sample-late-twins",
            "whole-windows-of-twins",
            "whole-windows-of-late-twins",
            "count-refused-features");
  }

  @Test
  void predictionsAreFoldedInTheTaskOfTheirSource() {
    assertThat(task("read predictions"))
        .contains(
            "admit-predictions",
            "fold-predictions",
            "whole-windows-of-predictions",
            "newest-of-predictions",
            "count-refused-predictions");
  }

  /** Two announcements of a feature stay in order; newest times need not. */
  @Test
  void announcementsPassOneTaskAndNewestTimesPassAll() {
    assertThat(vertex("registrations").getParallelism()).isEqualTo(1);
    assertThat(vertex("last seen")).isEqualTo(vertex("announcements-without-time"));
    assertThat(vertex("announcements-without-time").getParallelism()).isEqualTo(1);
    assertThat(vertex("newest of registered")).isEqualTo(vertex("newest-without-time"));
    assertThat(vertex("newest-without-time").getParallelism()).isEqualTo(2);
  }

  @Test
  void deadLettersAreCountedInTheTasksThatMakeThem() {
    assertThat(task("count dead letters")).doesNotContain("read ");
    assertThat(task("read control")).contains("admit-control", "count-refused-control");
  }
}
