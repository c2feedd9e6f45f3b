package io.plumbline.runtime.launch;

import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.input.BadInput;
import io.plumbline.runtime.kafka.JobStart;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** From the arguments of a main to a job that runs. */
public final class StreamingJob {
  private StreamingJob() {}

  /** Adds a job's sources, pipeline and sinks to the environment. */
  @FunctionalInterface
  public interface Definition {
    /** Returns where the job begins without state. */
    JobStart define(StreamExecutionEnvironment env, PlumblineConfig config);
  }

  @Command(mixinStandardHelpOptions = true, sortOptions = false)
  private static final class Arguments {
    @Mixin private JobOptions options;
  }

  /** What reads a job's options. */
  public static CommandLine commandLine(String name) {
    return new CommandLine(new Arguments()).setCommandName(name);
  }

  /**
   * Runs a job as {@code plumbline NAME}, with the options of {@link JobOptions}, and prints where
   * it begins without state: whether it has one only Flink knows.
   *
   * @throws BadInput if the arguments or the config are wrong
   */
  public static void run(String name, String[] args, Definition job) throws Exception {
    Locale.setDefault(Locale.ROOT);
    CommandLine commandLine = commandLine(name);
    Arguments arguments = commandLine.getCommand();
    try {
      commandLine.parseArgs(args);
    } catch (CommandLine.ParameterException e) {
      throw new BadInput(name + ": " + e.getMessage(), e);
    }
    if (commandLine.isUsageHelpRequested()) {
      commandLine.usage(System.out);
      return;
    }
    PlumblineConfig config = arguments.options.config();
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.configure(standard(env.getConfiguration()));
    env.configure(strict());
    if (arguments.options.parallelism() != null) {
      env.setParallelism(arguments.options.parallelism());
    }
    job.define(env, config).lines().forEach(System.out::println);
    env.execute("plumbline " + name);
  }

  /**
   * What a job is never without, where the cluster says nothing about it: without checkpoints no
   * file of a table ever appears, and nothing tells.
   */
  static Configuration standard(ReadableConfig cluster) {
    Configuration standard = new Configuration();
    if (cluster.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL).isEmpty()) {
      standard.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10));
      standard.set(
          CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
          ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    }
    if (cluster.getOptional(PipelineOptions.MAX_PARALLELISM).isEmpty()) {
      standard.set(PipelineOptions.MAX_PARALLELISM, 128);
    }
    return standard;
  }

  /** What our code relies on, whatever the cluster's configuration says. */
  public static Configuration strict() {
    return Configuration.fromMap(
        Map.of(
            PipelineOptions.GENERIC_TYPES.key(), "false",
            PipelineOptions.AUTO_GENERATE_UIDS.key(), "false",
            PipelineOptions.OBJECT_REUSE.key(), "true"));
  }
}
