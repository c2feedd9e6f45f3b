package io.plumbline.drift;

import io.plumbline.drift.plan.InputFiles;
import io.plumbline.drift.scan.ProfilePart;
import io.plumbline.drift.scan.ProfileSource;
import io.plumbline.drift.snapshot.SnapshotPipeline;
import io.plumbline.drift.snapshot.SnapshotPlan;
import io.plumbline.drift.snapshot.WrittenProfile;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job that writes a profile. */
public final class SnapshotJob {
  public static final String NAME = "plumbline snapshot";

  private SnapshotJob() {}

  /** The job from files to the profile's file. */
  public static DataStream<WrittenProfile> define(
      StreamExecutionEnvironment env, SnapshotPlan plan) {
    BatchJob.configure(env);
    DataStream<ProfilePart> parts = null;
    for (int i = 0; i < plan.inputs().size(); i++) {
      DataStream<ProfilePart> more = read(env, plan, plan.inputs().get(i), i);
      parts = parts == null ? more : parts.union(more);
    }
    return SnapshotPipeline.build(parts, plan, ExactValues.limit());
  }

  private static DataStream<ProfilePart> read(
      StreamExecutionEnvironment env, SnapshotPlan plan, InputFiles input, int index) {
    return BatchJob.counted(
        env.fromSource(
                ProfileSource.of(plan.scan(), input),
                WatermarkStrategy.noWatermarks(),
                "read " + input.uri())
            .uid("read-" + index),
        "input " + index);
  }
}
