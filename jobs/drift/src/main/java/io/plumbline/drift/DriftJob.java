package io.plumbline.drift;

import io.plumbline.drift.plan.DriftPlan;
import java.time.Clock;
import java.util.Locale;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import picocli.CommandLine;

/**
 * The nightly comparison as a Flink job, for {@code flink run}: results go to the tables, and
 * nothing is printed but the log.
 */
@CommandLine.Command(
    name = "drift",
    description = "Compares current data with a reference and writes the metric tables.",
    mixinStandardHelpOptions = true)
public final class DriftJob {
  public static final String NAME = "plumbline drift";

  @CommandLine.Mixin private DriftOptions options;

  private DriftJob() {}

  /** What reads its options. */
  public static CommandLine commandLine() {
    return new CommandLine(new DriftJob());
  }

  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    CommandLine commandLine = commandLine();
    DriftJob job = commandLine.getCommand();
    commandLine.parseArgs(args);
    if (commandLine.isUsageHelpRequested()) {
      commandLine.usage(System.out);
      return;
    }
    run(job.options);
  }

  private static void run(DriftOptions options) throws Exception {
    Clock clock = Clock.systemUTC();
    DriftPlan plan = DriftPlanner.plan(options, clock, System.err::println);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    if (options.parallelism() != null) {
      env.setParallelism(options.parallelism());
    }
    define(env, plan, clock)
        .sinkTo(new DiscardingSink<>())
        .name("results are in the tables")
        .uid("results")
        .setParallelism(1);
    env.execute(NAME);
  }

  /** The job from files to results. */
  public static DataStream<JudgedFeature> define(
      StreamExecutionEnvironment env, DriftPlan plan, Clock clock) {
    BatchJob.configure(env);
    DataStream<Long> features =
        env.fromSource(
                new FeatureSource(plan.features().size()),
                WatermarkStrategy.noWatermarks(),
                "features")
            .uid("features");
    return DriftPipeline.build(features, plan, clock);
  }
}
