package io.plumbline.drift;

import io.plumbline.drift.compare.Comparison;
import io.plumbline.drift.plan.DriftPlan;
import java.time.Clock;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The graph of a comparison, from the numbers of features to judged results:
 *
 * <pre>
 * features ─ read and compare ─┐
 * features ─ read and compare ─┼─ judge and write ─ results
 * ...                         ─┘
 * </pre>
 */
public final class DriftPipeline {
  private DriftPipeline() {}

  /**
   * @param features the places of the plan's features, each once
   * @param clock stamps the results
   */
  public static DataStream<JudgedFeature> build(
      DataStream<Long> features, DriftPlan plan, Clock clock) {
    return features
        .transform(
            "read and compare", TypeInformation.of(Comparison.class), new CompareFeatures(plan))
        .uid("compare-features")
        .transform(
            "judge and write tables",
            TypeInformation.of(JudgedFeature.class),
            new JudgeAndWrite(plan, clock))
        .uid("judge-and-write-tables")
        .setParallelism(1);
  }
}
