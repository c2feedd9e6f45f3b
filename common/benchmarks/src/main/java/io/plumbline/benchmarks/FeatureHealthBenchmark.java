package io.plumbline.benchmarks;

import io.plumbline.benchmarks.decode.SampleEvents;
import io.plumbline.cluster.Installation;
import io.plumbline.cluster.TemporaryBroker;
import io.plumbline.events.Topic;
import io.plumbline.featurehealth.FeatureHealthPipeline;
import io.plumbline.featurehealth.registry.FollowedRegistry;
import io.plumbline.featurehealth.registry.RegistryBase;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.control.ControlTopic;
import io.plumbline.runtime.kafka.EventStreams;
import io.plumbline.runtime.launch.StreamingJob;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plumbline bench feature-health}. */
@Command(
    name = "feature-health",
    description = {
      "CPU time of the job feature-health for each prediction, from a broker to its results, which"
          + " are discarded; beside that of reading alone, in turns.",
      "The ratio is that of reading to the whole: 1 would be checks for nothing."
    },
    mixinStandardHelpOptions = true)
public final class FeatureHealthBenchmark implements Callable<Integer> {
  private static final int PARTITIONS = 4;
  private static final int DISTINCT = 4096;

  /** Events of a second: so that windows close as in production. */
  private static final long EVENTS_PER_SECOND = 1000;

  @Option(
      names = "--features",
      split = ",",
      defaultValue = "20,200",
      paramLabel = "N",
      description = "Features of an event; default: ${DEFAULT-VALUE}.")
  private List<Integer> sizes;

  @Option(
      names = "--cells",
      defaultValue = "20000000",
      paramLabel = "N",
      description = "Features of all events of a size; default: ${DEFAULT-VALUE}.")
  private long cells;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      paramLabel = "N",
      description = "Rounds that count, after one that does not; default: ${DEFAULT-VALUE}.")
  private int rounds;

  private int runs;

  @Override
  public Integer call() throws Exception {
    Installation installation = Installation.current();
    try (TemporaryBroker broker =
        new TemporaryBroker(
            installation, installation.home().resolve("common/benchmarks/target"))) {
      System.out.printf(
          "%8s %8s | %8s %8s | %12s | %5s%n",
          "features", "segments", "read us", "job", "events/s/core", "ratio");
      for (int features : sizes) {
        measure(broker, features);
      }
    }
    return 0;
  }

  private void measure(TemporaryBroker broker, int features) throws Exception {
    String prefix = "f" + features + ".";
    long now = System.currentTimeMillis();
    EventTemplate[] events = EventTemplate.of(SampleEvents.predictions(DISTINCT, features, now, 1));
    long count = cells / features;
    long first = now - count * 1000 / EVENTS_PER_SECOND;
    EventTopic.fill(
        broker.client(),
        prefix,
        Topic.PREDICTIONS,
        i -> events[(int) (i % DISTINCT)].at(first + i * 1000 / EVENTS_PER_SECOND),
        count,
        PARTITIONS);
    double[] reads = new double[rounds];
    double[][] jobs = new double[2][rounds];
    for (int round = -1; round < rounds; round++) {
      System.err.printf("%d features: round %d of %d%n", features, round + 1, rounds);
      double read = read(config(broker, prefix, features, ""), count);
      double whole = job(config(broker, prefix, features, ""), count);
      double segmented =
          job(
              config(
                  broker,
                  prefix,
                  features,
                  ", segments: [{column: country}, {column: channel}, {column: tier}]"),
              count);
      if (round >= 0) {
        reads[round] = read;
        jobs[0][round] = whole;
        jobs[1][round] = segmented;
      }
    }
    tell(features, 0, reads, jobs[0]);
    tell(features, 3, reads, jobs[1]);
  }

  private void tell(int features, int segments, double[] reads, double[] jobs) {
    double job = Median.of(jobs);
    System.out.printf(
        Locale.ROOT,
        "%8d %8d | %8.2f %8.2f | %12.0f | %5.2f%n",
        features,
        segments,
        Median.of(reads) / 1e3,
        job / 1e3,
        1e9 / job,
        Median.ofRatios(reads, jobs));
  }

  /**
   * @param segments of the model, as the config has them
   */
  private static PlumblineConfig config(
      TemporaryBroker broker, String prefix, int features, String segments) {
    StringBuilder yaml = new StringBuilder(EventTopic.config(broker.client(), prefix));
    yaml.append("features:\n");
    StringBuilder names = new StringBuilder();
    for (int f = 0; f < features; f++) {
      String type = f % 10 < 8 ? "numeric, range: {min: -300, max: 100000}" : "categorical";
      yaml.append("  - {name: feature_%d_30d, type: %s, null_threshold: 0.2}%n".formatted(f, type));
      names.append(f == 0 ? "" : ", ").append("feature_").append(f).append("_30d");
    }
    yaml.append("  - {name: country, type: categorical, categories: [DE, FR, NL, ES, IT, PL]}\n");
    yaml.append("  - {name: channel, type: categorical, categories: [web, app]}\n");
    yaml.append("models:\n  - {name: credit, features: [").append(names).append(']');
    yaml.append(segments).append("}\n");
    return ConfigLoader.parse("bench", yaml.toString());
  }

  private static StreamExecutionEnvironment environment() {
    Configuration options = new Configuration(StreamingJob.strict());
    options.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10));
    return StreamExecutionEnvironment.createLocalEnvironment(1, options);
  }

  /** Each run is a consumer group of its own, and so reads from the start. */
  private EventStreams streams(StreamExecutionEnvironment env, PlumblineConfig config) {
    return new EventStreams(env, config, "run" + runs++, Duration.ofMinutes(1));
  }

  private double read(PlumblineConfig config, long count) throws Exception {
    StreamExecutionEnvironment env = environment();
    return BoundedRun.cpuNanosPerResult(env, streams(env, config).predictions(), count);
  }

  private double job(PlumblineConfig config, long count) throws Exception {
    StreamExecutionEnvironment env = environment();
    EventStreams streams = streams(env, config);
    ControlSnapshot control = ControlTopic.read(config.kafka());
    FeatureHealthPipeline.Inputs in = FeatureHealthPipeline.Inputs.of(streams, control);
    FeatureHealthPipeline.Outputs out =
        FeatureHealthPipeline.build(
            in,
            config,
            new FollowedRegistry(RegistryBase.of(config), config.kafka(), control),
            control);
    out.metrics().sinkTo(new DiscardingSink<>()).name("metrics").uid("metrics");
    out.checks().sinkTo(new DiscardingSink<>()).name("checks").uid("checks");
    return BoundedRun.cpuNanosPerResult(env, in.predictions(), count);
  }
}
