package io.plumbline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.launch.StreamingJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds the uids of a job, and restores it from each of its savepoints in {@code
 * src/test/resources/JOB/savepoints}, with all of their state: one whose operator is gone fails the
 * test. Each has topics of its own, named as when it was written and empty, so that what the job
 * knows of earlier it knows from its state. {@code common/testing/write-savepoint.sh} writes one.
 */
public abstract class JobSavepointIT extends JobUidsIT {
  /** For what a job writes. */
  @TempDir protected Path folder;

  private final String config;
  private final Path savepoints;

  /**
   * @param name of the job
   * @param job as its main runs it
   */
  protected JobSavepointIT(String name, StreamingJob.Definition job) {
    this(name, job, "");
  }

  /**
   * @param config the lines of plumbline.yaml beside {@code kafka}
   */
  protected JobSavepointIT(String name, StreamingJob.Definition job, String config) {
    super(name, job);
    this.config = config;
    savepoints = Path.of("src/test/resources", name, "savepoints");
  }

  /**
   * The lines of plumbline.yaml beside {@code kafka}.
   *
   * @param restored whether the job begins with the savepoint, not the one that it is taken of
   */
  protected String config(boolean restored) {
    return config;
  }

  /**
   * Feeds a job without state, and says whether it has the state that the savepoint is to hold.
   * Called again and again until then.
   */
  protected abstract boolean isFilled(TestTopics topics);

  /**
   * Feeds a restored job, and says whether its results show that it has its state. Called again and
   * again until then.
   */
  protected abstract boolean isRestored(TestTopics topics);

  @TestFactory
  public final List<DynamicTest> restores() throws IOException {
    try (Stream<Path> all = Files.list(savepoints)) {
      List<DynamicTest> tests =
          all.sorted()
              .map(one -> DynamicTest.dynamicTest(one.getFileName() + "", () -> restore(one)))
              .toList();
      assertThat(tests).as("savepoints in " + savepoints).isNotEmpty();
      return tests;
    }
  }

  private void restore(Path savepoint) throws Exception {
    try (TestTopics topics = topics(savepoint)) {
      Configuration options = options();
      options.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint.toUri().toString());
      JobClient client = start(topics, options, true);
      try {
        await(client, "results of what " + savepoint + " holds", () -> isRestored(topics));
      } finally {
        client.cancel().get();
      }
    }
  }

  /** Writes a savepoint; no test, but run by the script. */
  @Test
  @EnabledIfSystemProperty(named = SavepointFiles.JOBS, matches = ".+")
  public final void writeSavepoint() throws Exception {
    assumeTrue(SavepointFiles.areToBeWritten(name));
    Path target = savepoints.resolve(System.getProperty("savepoint.name"));
    try (TestTopics topics = topics(target)) {
      JobClient client = start(topics, options(), false);
      await(client, "a state worth keeping", () -> isFilled(topics));
      String taken = folder.resolve("savepoints").toUri().toString();
      client.stopWithSavepoint(false, taken, SavepointFormatType.CANONICAL).get();
    }
    try (Stream<Path> taken = Files.list(folder.resolve("savepoints"))) {
      SavepointFiles.copy(taken.findFirst().orElseThrow(), target);
    }
  }

  /** The state of a source names its topics. */
  private TestTopics topics(Path savepoint) {
    return new TestTopics(KAFKA.client(), name + "-" + savepoint.getFileName());
  }

  private Configuration options() {
    Configuration options = new Configuration(StreamingJob.strict());
    options.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    options.set(PipelineOptions.MAX_PARALLELISM, 128);
    options.setString(CheckpointingOptions.CHECKPOINTING_INTERVAL.key(), "1 s");
    options.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        folder.resolve("checkpoints").toUri().toString());
    return options;
  }

  private JobClient start(TestTopics topics, Configuration options, boolean restored)
      throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, options);
    Path file = topics.writeConfig("at_least_once", config(restored));
    job.define(env, ConfigLoader.load(file));
    return env.executeAsync(name);
  }

  private static void await(JobClient client, String what, BooleanSupplier condition) {
    TestCluster.await(
        what,
        () -> {
          assertRuns(client);
          return condition.getAsBoolean();
        });
  }

  private static void assertRuns(JobClient client) {
    try {
      if (client.getJobStatus().get().isTerminalState()) {
        client.getJobExecutionResult().get();
        throw new AssertionError("the job has ended");
      }
    } catch (ExecutionException e) {
      throw new AssertionError("the job has failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
