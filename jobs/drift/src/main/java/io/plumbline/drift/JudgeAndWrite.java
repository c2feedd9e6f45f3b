package io.plumbline.drift;

import io.plumbline.drift.compare.Comparison;
import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.drift.table.ResultTables;
import io.plumbline.drift.table.ResultTopics;
import io.plumbline.drift.verdict.DatasetVerdict;
import io.plumbline.drift.verdict.Judgement;
import io.plumbline.drift.verdict.Severity;
import io.plumbline.events.DriftResult;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.accumulators.IntCounter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Gathers all comparisons, judges them together (the correction for many tests and the data set's
 * verdict need them all), writes the tables and passes the results on.
 */
final class JudgeAndWrite extends AbstractStreamOperator<JudgedFeature>
    implements OneInputStreamOperator<Comparison, JudgedFeature>, BoundedOneInput {
  private final DriftPlan plan;
  private final Clock clock;
  private final List<Comparison> comparisons = new ArrayList<>();

  JudgeAndWrite(DriftPlan plan, Clock clock) {
    this.plan = plan;
    this.clock = clock;
  }

  @Override
  public void processElement(StreamRecord<Comparison> comparison) {
    comparisons.add(comparison.getValue());
  }

  @Override
  public void endInput() throws IOException {
    Judgement judgement = Judgement.of(plan, comparisons);
    if (judgement.results().isEmpty()) {
      List<DriftPlan.LeftOut> leftOut = new ArrayList<>(judgement.leftOut());
      leftOut.addAll(plan.leftOut());
      throw NothingCompared.in(plan.reference(), leftOut, plan.excluded());
    }
    DatasetVerdict verdict =
        DatasetVerdict.of(judgement.results(), plan.featuresByName(), plan.rules().datasetShare());
    ResultTables.Written written = ResultTables.write(plan, judgement.results(), verdict, clock);
    if (plan.publishTo() != null) {
      ResultTopics.publish(plan.publishTo(), written);
    }
    count(written.found());
    if (written.note() != null) {
      LOG.warn(written.note());
      output.collect(new StreamRecord<>(JudgedFeature.note(written.note())));
    }
    for (DriftPlan.LeftOut column : judgement.leftOut()) {
      output.collect(new StreamRecord<>(new JudgedFeature(null, column.column(), column.reason())));
    }
    for (DriftResult result : written.found()) {
      output.collect(new StreamRecord<>(new JudgedFeature(result, null, null)));
    }
  }

  private void count(List<DriftResult> results) {
    Map<Severity, IntCounter> bySeverity = new EnumMap<>(Severity.class);
    for (Severity severity : Severity.values()) {
      bySeverity.put(severity, new IntCounter());
      getRuntimeContext()
          .addAccumulator("features with severity " + severity.text(), bySeverity.get(severity));
    }
    IntCounter compared = new IntCounter();
    getRuntimeContext().addAccumulator("features compared", compared);
    for (DriftResult result : results) {
      if (result.segment().isEmpty()) {
        compared.add(1);
        bySeverity.get(Severity.of(result.overallSeverity())).add(1);
      }
    }
  }
}
