package io.plumbline.cli;

import io.plumbline.runtime.input.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.flink.api.common.BatchShuffleMode;
import org.apache.flink.client.deployment.executors.LocalExecutor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.FileUtils;
import org.apache.flink.util.SerializedThrowable;

/** A Flink cluster inside this process, for one batch job. */
final class EmbeddedFlink {
  private EmbeddedFlink() {}

  /**
   * Runs a job to its end, telling of its progress.
   *
   * @param name of the job
   * @param parallelism null: one task for each core
   * @param rows that it will read
   * @param define the job up to its results
   * @param take is given each result
   * @throws BadInput if a file turns out to be unreadable
   */
  static <T> void run(
      String name,
      Integer parallelism,
      long rows,
      Function<StreamExecutionEnvironment, DataStream<T>> define,
      Consumer<T> take)
      throws Exception {
    int tasks = parallelism == null ? Runtime.getRuntime().availableProcessors() : parallelism;
    Path temporary = Files.createTempDirectory("plumbline-");
    try {
      StreamExecutionEnvironment env =
          new StreamExecutionEnvironment(
              new EmbeddedExecutor(), configuration(temporary, tasks), null);
      try (CloseableIterator<T> results = define.apply(env).collectAsync()) {
        JobClient job = env.executeAsync(name);
        try (Progress progress = Progress.of(job, rows)) {
          results.forEachRemaining(take);
          job.getJobExecutionResult().get();
        }
      }
    } catch (Exception e) {
      throw badInput(e);
    } finally {
      // The cluster shuts down behind us and deletes its files there as well: what is left over is
      // no failure of the run.
      FileUtils.deleteDirectoryQuietly(temporary.toFile());
    }
  }

  private static Configuration configuration(Path temporary, int tasks) {
    Configuration configuration = new Configuration();
    configuration.set(DeploymentOptions.TARGET, LocalExecutor.NAME);
    configuration.set(DeploymentOptions.ATTACHED, true);
    configuration.set(CoreOptions.DEFAULT_PARALLELISM, tasks);
    // The batch scheduler waits for each stage, so it knows no pipelined exchange.
    configuration.set(JobManagerOptions.SCHEDULER, JobManagerOptions.SchedulerType.Default);
    // What a task gives away is read at once, by the next one.
    configuration.set(
        ExecutionOptions.BATCH_SHUFFLE_MODE, BatchShuffleMode.ALL_EXCHANGES_PIPELINED);
    // A file that cannot be read now cannot be read in a second attempt either.
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
    // Accumulators come with heartbeats, and progress is made of accumulators.
    configuration.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofMillis(500));
    configuration.set(JobManagerOptions.BIND_HOST, "127.0.0.1");
    configuration.set(JobManagerOptions.ADDRESS, "127.0.0.1");
    configuration.set(TaskManagerOptions.HOST, "127.0.0.1");
    configuration.set(TaskManagerOptions.BIND_HOST, "127.0.0.1");
    configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(CoreOptions.TMP_DIRS, temporary.toString());
    configuration.set(WebOptions.UPLOAD_DIR, temporary.toString());
    return configuration;
  }

  /** The cause that is the user's to mend, if there is one. */
  private static Exception badInput(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Throwable real =
          cause instanceof SerializedThrowable serialized
              ? serialized.deserializeError(EmbeddedFlink.class.getClassLoader())
              : cause;
      if (real instanceof BadInput badInput) {
        return badInput;
      }
    }
    return failure;
  }
}
