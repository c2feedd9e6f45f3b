package io.plumbline.archive;

import io.plumbline.parquet.PartitionPath;
import java.util.Set;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The names of jobs that become folders of a table, in keyed state. What a result calls its job is
 * data: only so many names may be folders.
 */
final class JobFolders {
  /** Those that write results themselves; the nightly run's do not come here. */
  private static final Set<String> OURS =
      Set.of("feature-health", "drift", "online-metrics", "alerts", "archive", "control");

  /** Jobs that users name; more of them share one partition. */
  private static final int MOST_EXTERNAL_JOBS = 100;

  /** In bytes, as the folder's name has them: a file system takes 255, with {@code job=}. */
  private static final int LONGEST_JOB = 200;

  private static final String EXTERNAL = "external:";
  private static final String OTHER = "__other__";

  private final MapState<String, Boolean> external;
  private final ValueState<Integer> externals;

  JobFolders(RuntimeContext context) {
    external =
        context.getMapState(new MapStateDescriptor<>("external-jobs", Types.STRING, Types.BOOLEAN));
    externals = context.getState(new ValueStateDescriptor<>("count-of-external-jobs", Types.INT));
  }

  /** Whether a job is one of Plumbline's own. */
  static boolean isOurs(String job) {
    return OURS.contains(job);
  }

  /** The name under which a job's results are kept. */
  String of(String job) throws Exception {
    if (isOurs(job)) {
      return job;
    }
    if (!job.startsWith(EXTERNAL) || PartitionPath.encoded(job).length() > LONGEST_JOB) {
      return OTHER;
    }
    if (external.contains(job)) {
      return job;
    }
    Integer known = externals.value();
    int count = known == null ? 0 : known;
    if (count == MOST_EXTERNAL_JOBS) {
      return OTHER;
    }
    external.put(job, true);
    externals.update(count + 1);
    return job;
  }
}
