package io.plumbline.runtime.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class StreamingJobTest {
  private static StreamExecutionEnvironment on(Configuration cluster) {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(cluster);
    env.configure(StreamingJob.standard(env.getConfiguration()));
    return env;
  }

  @Test
  void aStockClusterGetsCheckpoints() {
    StreamExecutionEnvironment env = on(new Configuration());
    assertThat(env.getCheckpointConfig().getCheckpointInterval()).isEqualTo(10_000);
    assertThat(env.getCheckpointConfig().getExternalizedCheckpointRetention())
        .hasToString("RETAIN_ON_CANCELLATION");
    assertThat(env.getMaxParallelism()).isEqualTo(128);
  }

  @Test
  void whatTheClusterSaysCounts() {
    Configuration cluster =
        Configuration.fromMap(
            Map.of("execution.checkpointing.interval", "3 s", "pipeline.max-parallelism", "64"));
    StreamExecutionEnvironment env = on(cluster);
    assertThat(env.getCheckpointConfig().getCheckpointInterval()).isEqualTo(3000);
    assertThat(env.getMaxParallelism()).isEqualTo(64);
  }
}
