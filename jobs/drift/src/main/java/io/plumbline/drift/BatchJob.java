package io.plumbline.drift;

import io.plumbline.drift.scan.ProfilePart;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What the batch jobs have in common. */
final class BatchJob {
  private BatchJob() {}

  static void configure(StreamExecutionEnvironment env) {
    env.setRuntimeMode(RuntimeExecutionMode.BATCH);
    Configuration strict = new Configuration();
    strict.set(PipelineOptions.GENERIC_TYPES, false);
    strict.set(PipelineOptions.OBJECT_REUSE, true);
    env.configure(strict);
  }

  /** Only the parts that carry a summary; what was read is counted. */
  static DataStream<ProfilePart> counted(DataStream<ProfilePart> parts, String what) {
    return parts
        .flatMap(new CountRead())
        .returns(ProfilePart.class)
        .name("count what is read: " + what)
        .uid("count-read-" + what.replace(' ', '-'));
  }
}
