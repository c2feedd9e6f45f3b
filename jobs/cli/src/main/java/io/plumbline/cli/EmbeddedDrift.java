package io.plumbline.cli;

import io.plumbline.drift.DriftJob;
import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.drift.verdict.DatasetVerdict;
import io.plumbline.events.DriftResult;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs the drift job on a Flink cluster inside this process. */
final class EmbeddedDrift {
  private final DriftPlan plan;
  private final Clock clock;
  private final Integer parallelism;
  private final Consumer<String> say;

  /**
   * @param parallelism null: one task for each core
   * @param say told what else there is to say of the run, when it is over
   */
  EmbeddedDrift(DriftPlan plan, Clock clock, Integer parallelism, Consumer<String> say) {
    this.plan = plan;
    this.clock = clock;
    this.parallelism = parallelism;
    this.say = say;
  }

  /**
   * @param started when the command began, by {@link System#nanoTime}
   * @throws io.plumbline.runtime.input.BadInput if a file turns out to be unreadable
   */
  DriftReport execute(long started) throws Exception {
    long rows = plan.reference().rows() + plan.current().rows();
    List<DriftResult> results = new ArrayList<>();
    List<DriftPlan.LeftOut> leftOut = new ArrayList<>(plan.leftOut());
    List<String> notes = new ArrayList<>();
    EmbeddedFlink.run(
        DriftJob.NAME,
        parallelism,
        rows,
        env -> DriftJob.define(env, plan, clock),
        feature -> {
          if (feature.isNote()) {
            notes.add(feature.reason());
          } else if (feature.result() == null) {
            leftOut.add(new DriftPlan.LeftOut(feature.column(), feature.reason()));
          } else {
            results.add(feature.result());
          }
        });
    notes.forEach(say);
    double seconds = (System.nanoTime() - started) / 1e9;
    DatasetVerdict verdict =
        DatasetVerdict.of(results, plan.featuresByName(), plan.rules().datasetShare());
    return new DriftReport(plan, results, leftOut, verdict, seconds, rows / seconds);
  }
}
