package io.plumbline.archive;

import io.plumbline.runtime.parquet.PartitionPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keeps of each result the newest state since the last commit, and gives them on, all at once, when
 * the next commit is due. Keyed by table: so a table's rows of one commit go to one file for each
 * partition.
 */
final class NewestStates extends KeyedProcessFunction<String, ResultState, ResultState> {
  /** Those that write results themselves; the nightly run's do not come here. */
  private static final Set<String> OURS =
      Set.of("feature-health", "drift", "online-metrics", "alerts", "archive", "control");

  /** Jobs that users name; more of them share one partition. */
  private static final int MOST_EXTERNAL_JOBS = 100;

  /** In bytes, as the folder's name has them: a file system takes 255, with {@code job=}. */
  private static final int LONGEST_JOB = 200;

  private static final String EXTERNAL = "external:";
  private static final String OTHER = "__other__";

  private final long intervalMillis;
  private transient MapState<String, ResultState> newest;
  private transient MapState<String, Boolean> externalJobs;
  private transient ValueState<Long> due;

  NewestStates(long intervalMillis) {
    this.intervalMillis = intervalMillis;
  }

  @Override
  public void open(OpenContext context) {
    newest =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "newest", Types.STRING, TypeInformation.of(ResultState.class)));
    externalJobs =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("external-jobs", Types.STRING, Types.BOOLEAN));
    due = getRuntimeContext().getState(new ValueStateDescriptor<>("due", Types.LONG));
  }

  @Override
  public void processElement(ResultState state, Context context, Collector<ResultState> out)
      throws Exception {
    ResultState row = state.ofJob(partition(state.job()));
    // A state of yesterday is not replaced by one of today: closed days keep their last state.
    String key = row.date() + "/" + row.job() + "/" + row.identity();
    ResultState earlier = newest.get(key);
    if (earlier == null || earlier.computedAt() <= row.computedAt()) {
      newest.put(key, row);
    }
    if (due.value() == null) {
      long now = context.timerService().currentProcessingTime();
      long next = (now / intervalMillis + 1) * intervalMillis;
      due.update(next);
      context.timerService().registerProcessingTimeTimer(next);
    }
  }

  /** What an event calls its job is data: only so many names may become folders. */
  private String partition(String job) throws Exception {
    if (OURS.contains(job)) {
      return job;
    }
    if (!job.startsWith(EXTERNAL) || PartitionPath.encoded(job).length() > LONGEST_JOB) {
      return OTHER;
    }
    if (externalJobs.contains(job)) {
      return job;
    }
    List<String> known = new ArrayList<>();
    externalJobs.keys().forEach(known::add);
    if (known.size() >= MOST_EXTERNAL_JOBS) {
      return OTHER;
    }
    externalJobs.put(job, true);
    return job;
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<ResultState> out)
      throws Exception {
    for (ResultState state : newest.values()) {
      out.collect(state);
    }
    newest.clear();
    due.clear();
  }
}
