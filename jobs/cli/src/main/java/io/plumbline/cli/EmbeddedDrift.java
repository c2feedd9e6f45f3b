package io.plumbline.cli;

import io.plumbline.drift.DriftJob;
import io.plumbline.drift.JudgedFeature;
import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.drift.verdict.DatasetVerdict;
import io.plumbline.events.DriftResult;
import io.plumbline.runtime.input.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.BatchShuffleMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
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

/** Runs the drift job on a Flink cluster inside this process. */
final class EmbeddedDrift {
  private final DriftPlan plan;
  private final Clock clock;
  private final int parallelism;

  /**
   * @param parallelism null: one task for each core
   */
  EmbeddedDrift(DriftPlan plan, Clock clock, Integer parallelism) {
    this.plan = plan;
    this.clock = clock;
    this.parallelism =
        parallelism == null ? Runtime.getRuntime().availableProcessors() : parallelism;
  }

  /**
   * @param started when the command began, by {@link System#nanoTime}
   * @throws BadInput if a file turns out to be unreadable
   */
  DriftReport execute(long started) throws Exception {
    Path temporary = Files.createTempDirectory("plumbline-");
    try {
      return execute(started, temporary);
    } catch (Exception e) {
      throw badInput(e);
    } finally {
      // The cluster shuts down behind us and deletes its files there as well; what is left over is
      // no
      // failure of the run.
      FileUtils.deleteDirectoryQuietly(temporary.toFile());
    }
  }

  private DriftReport execute(long started, Path temporary) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration(temporary));
    DataStream<JudgedFeature> judged = DriftJob.define(env, plan, clock);
    List<DriftResult> results = new ArrayList<>();
    List<DriftPlan.LeftOut> leftOut = new ArrayList<>(plan.leftOut());
    try (CloseableIterator<JudgedFeature> features = judged.collectAsync()) {
      JobClient job = env.executeAsync(DriftJob.NAME);
      try (Progress progress = Progress.of(job, plan)) {
        while (features.hasNext()) {
          JudgedFeature feature = features.next();
          if (feature.result() == null) {
            leftOut.add(new DriftPlan.LeftOut(feature.column(), feature.reason()));
          } else {
            results.add(feature.result());
          }
        }
        job.getJobExecutionResult().get();
      }
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    long rows = plan.reference().rows() + plan.current().rows();
    DatasetVerdict verdict =
        DatasetVerdict.of(results, plan.featuresByName(), plan.rules().datasetShare());
    return new DriftReport(plan, results, leftOut, verdict, seconds, rows / seconds);
  }

  private static Configuration configuration(Path temporary) {
    Configuration configuration = new Configuration();
    // The batch scheduler waits for each stage, so it knows no pipelined exchange.
    configuration.set(JobManagerOptions.SCHEDULER, JobManagerOptions.SchedulerType.Default);
    // Nothing is kept between scan and comparison: both run at once, and no file is written.
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
              ? serialized.deserializeError(EmbeddedDrift.class.getClassLoader())
              : cause;
      if (real instanceof BadInput badInput) {
        return badInput;
      }
    }
    return failure;
  }
}
