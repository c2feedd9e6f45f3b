package io.plumbline.benchmarks.onlinemetrics;

import io.plumbline.benchmarks.BoundedRun;
import io.plumbline.benchmarks.Median;
import io.plumbline.cluster.Installation;
import io.plumbline.cluster.TemporaryBroker;
import io.plumbline.onlinemetrics.OnlineMetricsPipeline;
import io.plumbline.onlinemetrics.model.FollowedModels;
import io.plumbline.onlinemetrics.model.ModelsBase;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.control.ControlTopic;
import io.plumbline.runtime.kafka.EventStreams;
import io.plumbline.runtime.launch.StreamingJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** CPU time of the job for a prediction and its label, beside that of reading both, in turns. */
final class JobCpu {
  private static final String PREFIX = "cpu.";
  private static final int DAYS = 30;

  /** Of a slot, as one of the two of a TaskManager of 4 GiB has it. */
  private static final MemorySize MANAGED = MemorySize.ofMebiBytes(640);

  private static final double SHOWN = 0.005;

  private final Installation installation;
  private final Path folder;
  private final int predictions;
  private final int rounds;
  private int runs;

  JobCpu(Installation installation, Path folder, int predictions, int rounds) {
    this.installation = installation;
    this.folder = folder;
    this.predictions = predictions;
    this.rounds = rounds;
  }

  /** Measures, and prints. */
  void print() throws Exception {
    try (TemporaryBroker broker = new TemporaryBroker(installation, folder)) {
      System.err.printf("writing %d predictions and as many labels%n", predictions);
      LabelledTraffic traffic = new LabelledTraffic(predictions, DAYS);
      traffic.writePredictions(broker.client(), PREFIX, 0, predictions);
      traffic.writeLabels(broker.client(), PREFIX, predictions);
      PlumblineConfig config =
          ConfigLoader.parse("bench", LabelledTraffic.config(broker.client(), PREFIX));
      double[] wholes = new double[rounds];
      double[] reads = new double[rounds];
      double[] jobs = new double[rounds];
      BoundedRun.Cost last = null;
      for (int round = -1; round < rounds; round++) {
        double whole = micros(wholes(config).whole());
        double read = micros(read(config).whole());
        last = job(config);
        double job = micros(last.whole());
        System.err.printf(
            Locale.ROOT,
            "round %d of %d: whole events %.2f us, reading %.2f us, job %.2f us%n",
            round + 1,
            rounds,
            whole,
            read,
            job);
        if (round >= 0) {
          wholes[round] = whole;
          reads[round] = read;
          jobs[round] = job;
        }
      }
      System.out.printf(
          Locale.ROOT,
          "%d predictions and labels, CPU us of one of each; ratios are to the job%n"
              + "%8.2f %5.2f reading whole events of both topics%n"
              + "%8.2f %5.2f reading what the job takes of them%n"
              + "%8.2f       the job, of which in the last round%n",
          predictions,
          Median.of(wholes),
          Median.ofRatios(wholes, jobs),
          Median.of(reads),
          Median.ofRatios(reads, jobs),
          Median.of(jobs));
      printParts(last);
    }
  }

  private static double micros(double nanosPerEvent) {
    return 2 * nanosPerEvent / 1e3;
  }

  private static void printParts(BoundedRun.Cost cost) {
    double whole = micros(cost.whole());
    double java = 0;
    List<Map.Entry<String, Double>> threads =
        cost.byThread().entrySet().stream()
            .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
            .toList();
    for (Map.Entry<String, Double> thread : threads) {
      double micros = micros(thread.getValue());
      java += micros;
      if (micros > SHOWN * whole) {
        System.out.printf(Locale.ROOT, "%8.2f       - %s%n", micros, thread.getKey());
      }
    }
    System.out.printf(
        Locale.ROOT, "%8.2f       - RocksDB's own threads, compilers, garbage%n", whole - java);
  }

  private StreamExecutionEnvironment environment() {
    Configuration options =
        GlobalConfiguration.loadConfiguration(
            installation.home().resolve("cluster/conf").toString());
    options.removeConfig(MetricOptions.REPORTERS_LIST);
    options.addAll(StreamingJob.strict());
    options.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED);
    options.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        folder.resolve("online-metrics-checkpoints").toUri().toString());
    return StreamExecutionEnvironment.createLocalEnvironment(1, options);
  }

  /** Each run is a consumer group of its own, and so reads from the start. */
  private EventStreams streams(StreamExecutionEnvironment env, PlumblineConfig config) {
    return new EventStreams(env, config, "run" + runs++, Duration.ofDays(1));
  }

  private BoundedRun.Cost wholes(PlumblineConfig config) throws Exception {
    StreamExecutionEnvironment env = environment();
    EventStreams streams = streams(env, config);
    return BoundedRun.cost(env, List.of(streams.predictions(), streams.labels()), 2L * predictions);
  }

  private BoundedRun.Cost read(PlumblineConfig config) throws Exception {
    StreamExecutionEnvironment env = environment();
    EventStreams streams = streams(env, config);
    ModelsBase models = ModelsBase.of(config, ControlTopic.read(config.kafka()));
    return BoundedRun.cost(
        env,
        List.of(streams.positionedAnswers(models.columns()), streams.positionedLabels()),
        2L * predictions);
  }

  private BoundedRun.Cost job(PlumblineConfig config) throws Exception {
    StreamExecutionEnvironment env = environment();
    EventStreams streams = streams(env, config);
    ControlSnapshot control = ControlTopic.read(config.kafka());
    ModelsBase models = ModelsBase.of(config, control);
    OnlineMetricsPipeline.Inputs in =
        OnlineMetricsPipeline.Inputs.of(streams, models.columns(), control);
    OnlineMetricsPipeline.Outputs out =
        OnlineMetricsPipeline.build(
            in, config, new FollowedModels(models, config.kafka(), control), control);
    out.metrics().sinkTo(new DiscardingSink<>()).name("metrics").uid("metrics");
    out.refused().sinkTo(new DiscardingSink<>()).name("refused").uid("refused");
    return BoundedRun.cost(env, List.of(in.answers(), in.labels()), 2L * predictions);
  }
}
