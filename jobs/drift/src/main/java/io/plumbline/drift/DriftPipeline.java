package io.plumbline.drift;

import io.plumbline.drift.compare.Comparison;
import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.drift.scan.ProfilePart;
import java.time.Clock;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The graph of a comparison, from the profiles of both sides to judged results:
 *
 * <pre>
 * reference ─ count what is read ─┐
 *                                 ├─ by feature and segment ─ compare ─ judge and write ─ results
 * current ─── count what is read ─┘
 * </pre>
 */
public final class DriftPipeline {
  private DriftPipeline() {}

  /**
   * @param clock stamps the results
   */
  public static DataStream<JudgedFeature> build(
      DataStream<ProfilePart> reference,
      DataStream<ProfilePart> current,
      DriftPlan plan,
      Clock clock) {
    return BatchJob.counted(reference, "reference")
        .union(BatchJob.counted(current, "current"))
        .keyBy(ProfilePart::key)
        .process(new CompareFeatures(plan), TypeInformation.of(Comparison.class))
        .name("compare features")
        .uid("compare-features")
        .transform(
            "judge and write tables",
            TypeInformation.of(JudgedFeature.class),
            new JudgeAndWrite(plan, clock))
        .uid("judge-and-write-tables")
        .setParallelism(1);
  }
}
