package io.plumbline.drift;

import io.plumbline.drift.compare.Comparison;
import io.plumbline.drift.compare.FeatureComparison;
import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.scan.FeatureReader;
import io.plumbline.drift.scan.FeatureSummaries;
import io.plumbline.drift.scan.KnownQuantiles;
import io.plumbline.runtime.memory.TaskMemory;
import io.plumbline.stats.numeric.ValueMemory;
import java.io.IOException;
import org.apache.flink.runtime.execution.CancelTaskException;
import org.apache.flink.runtime.execution.Environment;
import org.apache.flink.runtime.io.disk.iomanager.IOManager;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Reads and compares one feature after the other: its column on both sides, from the first row to
 * the last. So no value leaves the task that read it, and only what the tables will say goes on.
 */
final class CompareFeatures extends AbstractStreamOperator<Comparison>
    implements OneInputStreamOperator<Long, Comparison> {
  private final DriftPlan plan;
  private transient ValueMemory memory;
  private transient long categoryBytes;
  private transient FeatureReader reference;
  private transient FeatureReader current;
  private transient ReadCounts counts;

  CompareFeatures(DriftPlan plan) {
    this.plan = plan;
  }

  @Override
  public void open() throws Exception {
    super.open();
    Environment environment = getContainingTask().getEnvironment();
    memory = memory(environment);
    categoryBytes = TaskMemory.bytes(environment.getTaskManagerInfo());
    reference = FeatureReader.of(plan.scan(), plan.reference());
    current = FeatureReader.of(plan.scan(), plan.current());
    counts = new ReadCounts(getRuntimeContext(), plan.features().size());
  }

  /** What has no room in memory waits in files in Flink's temporary directories. */
  private static ValueMemory memory(Environment environment) {
    IOManager files = environment.getIOManager();
    return new ValueMemory(
        TaskMemory.bytes(environment.getTaskManagerInfo()),
        () -> files.createChannel().getPathFile().toPath());
  }

  @Override
  public void processElement(StreamRecord<Long> record) throws IOException {
    PlannedFeature feature = plan.features().get(Math.toIntExact(record.getValue()));
    try (FeatureComparison comparison =
        new FeatureComparison(plan, feature, memory, categoryBytes)) {
      if (feature.readsReference()) {
        read(feature, reference, false, comparison);
      } else {
        counts.read(feature.index(), plan.reference().rows(), 0);
      }
      if (feature.readsCurrent()) {
        read(feature, current, true, comparison);
      } else {
        counts.read(feature.index(), plan.current().rows(), 0);
      }
      comparison.compare(compared -> output.collect(new StreamRecord<>(compared)));
    }
  }

  private void read(
      PlannedFeature feature, FeatureReader side, boolean isCurrent, FeatureComparison comparison)
      throws IOException {
    FeatureSummaries summaries = comparison.summaries(isCurrent);
    side.read(
        feature,
        new FeatureReader.Taker() {
          @Override
          public FeatureSummaries summaries() {
            return summaries;
          }

          @Override
          public void known(int segment, KnownQuantiles known) {
            comparison.addKnown(segment, known);
          }

          @Override
          public void read(long rows, long bytes) {
            counts.read(feature.index(), rows, bytes);
            if (getContainingTask().isCanceled()) {
              // A feature may take minutes, and nobody else asks before it is done.
              throw new CancelTaskException();
            }
          }
        });
  }

  @Override
  public void close() throws Exception {
    for (FeatureReader side : new FeatureReader[] {reference, current}) {
      if (side != null) {
        side.close();
      }
    }
    super.close();
  }
}
