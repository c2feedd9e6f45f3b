package io.plumbline.drift;

import io.plumbline.drift.compare.Comparison;
import io.plumbline.drift.compare.FeatureComparison;
import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.drift.scan.ProfilePart;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Compares one feature in one segment after the other. In batch mode Flink sorts the input by key
 * (and spills it if need be), so that the parts of a key come together and only one comparison is
 * in memory; a timer at the end of time fires when the key is complete.
 */
final class CompareFeatures extends KeyedProcessFunction<Integer, ProfilePart, Comparison> {
  private final DriftPlan plan;
  private transient int exactValues;
  private transient FeatureComparison comparison;

  CompareFeatures(DriftPlan plan) {
    this.plan = plan;
  }

  @Override
  public void open(OpenContext context) {
    exactValues =
        ExactValues.limit(getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks());
  }

  @Override
  public void processElement(ProfilePart part, Context context, Collector<Comparison> out)
      throws Exception {
    if (comparison == null) {
      comparison = new FeatureComparison(plan, context.getCurrentKey(), exactValues);
      context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
    }
    comparison.add(part);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Comparison> out) {
    out.collect(comparison.compare());
    comparison = null;
  }
}
