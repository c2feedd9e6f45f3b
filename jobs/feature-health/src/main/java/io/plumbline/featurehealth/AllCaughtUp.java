package io.plumbline.featurehealth;

import io.plumbline.runtime.ingest.CatchUpState;
import io.plumbline.runtime.ingest.SourceProgress;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Whether all sources of the job have caught up, of what their tasks say. A single task. */
final class AllCaughtUp extends ProcessFunction<SourceProgress, CatchUpState> {
  private final int sources;
  private transient Set<String> caughtUp;
  private transient Map<String, Integer> tasks;
  private transient boolean emitted;

  AllCaughtUp(int sources) {
    this.sources = sources;
  }

  @Override
  public void open(OpenContext context) {
    caughtUp = new HashSet<>();
    tasks = new LinkedHashMap<>();
  }

  @Override
  public void processElement(
      SourceProgress progress, Context context, Collector<CatchUpState> out) {
    tasks.put(progress.source(), progress.tasks());
    boolean news = progress.caughtUp() && caughtUp.add(progress.source() + "/" + progress.task());
    if (news || !emitted) {
      emitted = true;
      out.collect(
          new CatchUpState(
              tasks.size() == sources
                  && caughtUp.size() == tasks.values().stream().mapToInt(Integer::intValue).sum()));
    }
  }
}
