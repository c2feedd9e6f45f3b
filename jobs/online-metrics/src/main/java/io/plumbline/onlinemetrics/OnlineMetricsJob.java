package io.plumbline.onlinemetrics;

import io.plumbline.onlinemetrics.model.FollowedModels;
import io.plumbline.onlinemetrics.model.ModelScope;
import io.plumbline.onlinemetrics.model.ModelsBase;
import io.plumbline.runtime.config.ModelConfig;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.control.ControlTopic;
import io.plumbline.runtime.kafka.EventStreams;
import io.plumbline.runtime.kafka.JobResults;
import io.plumbline.runtime.kafka.JobStart;
import io.plumbline.runtime.launch.StreamingJob;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Joins predictions with their labels, and watches how good models really are. */
public final class OnlineMetricsJob {
  private static final String NAME = ModelScope.JOB;

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration DEAD_LETTER_WINDOW = Duration.ofMinutes(1);

  private OnlineMetricsJob() {}

  public static void main(String[] args) throws Exception {
    StreamingJob.run(NAME, args, OnlineMetricsJob::define);
  }

  static JobStart define(StreamExecutionEnvironment env, PlumblineConfig config) {
    ControlSnapshot control = ControlTopic.read(config.kafka());
    ModelsBase base = ModelsBase.of(config, control);
    EventStreams streams = new EventStreams(env, config, NAME, longestWindow(config));
    OnlineMetricsPipeline.Outputs out =
        OnlineMetricsPipeline.build(
            OnlineMetricsPipeline.Inputs.of(streams, base.columns(), control),
            config,
            new FollowedModels(base, config.kafka(), control),
            control);
    return new JobResults(streams)
        .metrics(out.metrics())
        .deadLetters("join", out.refused())
        .deadLetterCounts(DEAD_LETTER_WINDOW)
        .write();
  }

  /** At least the day that models of control have by default. */
  private static Duration longestWindow(PlumblineConfig config) {
    return config.models().stream()
        .flatMap(OnlineMetricsJob::windows)
        .max(Comparator.naturalOrder())
        .filter(longest -> longest.compareTo(DAY) > 0)
        .orElse(DAY);
  }

  private static Stream<Duration> windows(ModelConfig model) {
    return Stream.concat(model.windows().stream(), model.healthWindows().stream());
  }
}
