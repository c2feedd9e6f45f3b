package io.plumbline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.launch.StreamingJob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Holds the uids of a job's operators, sources and sinks to the sorted lines of the resource {@code
 * JOB/uids.txt}. By these a savepoint finds its operators: one that is renamed has lost its state.
 * On a real broker, which a job may ask while it is defined.
 */
public abstract class JobUidsIT {
  @RegisterExtension static final KafkaExtension KAFKA = new KafkaExtension();

  final String name;
  final StreamingJob.Definition job;

  /**
   * @param name of the job
   * @param job as its main runs it
   */
  protected JobUidsIT(String name, StreamingJob.Definition job) {
    this.name = name;
    this.job = job;
  }

  @Test
  public final void operatorsHaveTheUidsOfEarlierSavepoints() throws IOException {
    String resource = "/" + name + "/uids.txt";
    try (InputStream file = getClass().getResourceAsStream(resource)) {
      assertThat(file).as("resource " + resource).isNotNull();
      assertThat(uids())
          .containsExactlyElementsOf(
              new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
  }

  /** Writes the resource; no test, but run by the script that writes a savepoint. */
  @Test
  @EnabledIfSystemProperty(named = SavepointFiles.JOBS, matches = ".+")
  public final void writeUids() throws IOException {
    assumeTrue(SavepointFiles.areToBeWritten(name));
    Path folder = Files.createDirectories(Path.of("src/test/resources", name));
    Files.write(folder.resolve("uids.txt"), uids());
  }

  private List<String> uids() {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, StreamingJob.strict());
    job.define(env, PlumblineConfig.defaults().withKafka(KAFKA.topics().config()));
    Collection<StreamNode> operators = env.getStreamGraph().getStreamNodes();
    assertThat(operators)
        .allSatisfy(
            operator ->
                assertThat(operator.getTransformationUID())
                    .as("uid of '%s'", operator.getOperatorName())
                    .isNotNull());
    return operators.stream().map(StreamNode::getTransformationUID).sorted().toList();
  }
}
