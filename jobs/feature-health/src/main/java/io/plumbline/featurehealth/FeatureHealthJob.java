package io.plumbline.featurehealth;

import io.plumbline.featurehealth.registry.FollowedRegistry;
import io.plumbline.featurehealth.registry.RegistryBase;
import io.plumbline.featurehealth.window.WindowPoints;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.control.ControlTopic;
import io.plumbline.runtime.kafka.EventStreams;
import io.plumbline.runtime.kafka.JobResults;
import io.plumbline.runtime.kafka.JobStart;
import io.plumbline.runtime.launch.StreamingJob;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Watches features: their freshness, completeness, range and volume. */
public final class FeatureHealthJob {
  private static final String NAME = WindowPoints.JOB;

  private FeatureHealthJob() {}

  public static void main(String[] args) throws Exception {
    StreamingJob.run(NAME, args, FeatureHealthJob::define);
  }

  static JobStart define(StreamExecutionEnvironment env, PlumblineConfig config) {
    ControlSnapshot control = ControlTopic.read(config.kafka());
    EventStreams streams = new EventStreams(env, config, NAME, config.featureHealth().window());
    FeatureHealthPipeline.Outputs out =
        FeatureHealthPipeline.build(
            FeatureHealthPipeline.Inputs.of(streams, control),
            config,
            new FollowedRegistry(RegistryBase.of(config), config.kafka(), control),
            control);
    return new JobResults(streams)
        .metrics(out.metrics())
        .checks(out.checks())
        .deadLetterCounts(config.featureHealth().window())
        .write();
  }
}
