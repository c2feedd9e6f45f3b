package io.plumbline.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.drift.snapshot.SnapshotPlan;
import io.plumbline.drift.snapshot.WrittenProfile;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import picocli.CommandLine;

/** A profile that the job writes on a local cluster. */
final class ProfileRun {
  private ProfileRun() {}

  /** That of data, by options of the command. */
  static void of(String... options) throws Exception {
    write(
        SnapshotPlanner.plan(
            CommandLine.populateCommand(new SnapshotOptions(), options), said -> {}));
  }

  static void write(SnapshotPlan plan) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2);
    try (CloseableIterator<WrittenProfile> written =
        SnapshotJob.define(env, plan).executeAndCollect()) {
      assertThat(written.next().path()).endsWith(WrittenProfile.FILE);
    }
  }
}
