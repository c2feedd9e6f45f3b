package io.plumbline.archive;

import io.plumbline.parquet.PartitionPath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keeps of each result the newest state since the last commit, and emits them when the next commit
 * is due. Keyed by table, so that a table's rows of one commit go to one file for each partition;
 * the partition is the namespace of the state, so that the rows of one are read without the others.
 *
 * <p>A partition that rows are emitted for is an open file until the next checkpoint, and what
 * names it, a date and a job, can be forged. So between two checkpoints a table opens at most
 * {@link #MOST_PARTITIONS}; the rows of the others wait in state for the next commit.
 */
final class NewestStates extends AbstractStreamOperator<ResultState>
    implements OneInputStreamOperator<ResultState, ResultState>,
        Triggerable<String, VoidNamespace> {
  /**
   * A writer takes a third of a megabyte before its first page: those of all seven tables in one
   * task take a quarter of the heap that a TaskManager of {@code up} has.
   */
  static final int MOST_PARTITIONS = 32;

  private final long intervalMillis;

  private transient MapStateDescriptor<String, ResultState> newest;
  private transient ValueState<Long> due;
  private transient JobFolders folders;
  private transient WaitingPartitions waiting;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient StreamRecord<ResultState> emitted;

  /** By table, the partitions that were emitted since the last barrier. */
  private transient Map<String, Set<String>> open;

  /** By table, how many partitions its last commit left waiting. */
  private transient Map<String, Integer> left;

  private transient volatile int allLeft;

  NewestStates(long intervalMillis) {
    this.intervalMillis = intervalMillis;
  }

  @Override
  public void open() throws Exception {
    super.open();
    newest =
        new MapStateDescriptor<>("newest", Types.STRING, TypeInformation.of(ResultState.class));
    due = getRuntimeContext().getState(new ValueStateDescriptor<>("due", Types.LONG));
    folders = new JobFolders(getRuntimeContext());
    waiting = new WaitingPartitions(getRuntimeContext());
    timers = getInternalTimerService("commits", VoidNamespaceSerializer.INSTANCE, this);
    emitted = new StreamRecord<>(null);
    open = new HashMap<>();
    left = new HashMap<>();
    getMetricGroup().gauge("waiting_partitions", () -> allLeft);
  }

  /** The newest states of a partition of the current table, by identity. */
  private MapState<String, ResultState> newest(String partition) throws Exception {
    return getPartitionedState(partition, StringSerializer.INSTANCE, newest);
  }

  @Override
  public void processElement(StreamRecord<ResultState> element) throws Exception {
    ResultState state = element.getValue();
    ResultState row = state.ofJob(folders.of(state.job()));
    // A state of yesterday is not replaced by one of today: closed days keep their last state.
    String partition = PartitionPath.of(row.date(), row.job());
    MapState<String, ResultState> rows = newest(partition);
    ResultState earlier = rows.get(row.identity());
    if (earlier == null || earlier.computedAt() <= row.computedAt()) {
      rows.put(row.identity(), row);
    }
    long now = timers.currentProcessingTime();
    waiting.add(partition, row, now);
    commitBy((now / intervalMillis + 1) * intervalMillis);
  }

  /** Sees to it that the current table's next commit is at this time, if none is before. */
  private void commitBy(long time) throws Exception {
    Long before = due.value();
    if (before != null && before <= time) {
      return;
    }
    if (before != null) {
      // The interval was longer when the job was stopped.
      timers.deleteProcessingTimeTimer(VoidNamespace.INSTANCE, before);
    }
    due.update(time);
    timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, time);
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    due.clear();
    String table = timer.getKey();
    Set<String> written = open.computeIfAbsent(table, key -> new HashSet<>());
    long now = timers.currentProcessingTime();
    WaitingPartitions.Round round = waiting.take(written, MOST_PARTITIONS - written.size(), now);
    for (String partition : round.partitions()) {
      emit(partition);
      written.add(partition);
    }
    report(table, round.left());
    if (round.left() > 0) {
      commitBy((now / intervalMillis + 1) * intervalMillis);
    }
  }

  private void emit(String partition) throws Exception {
    MapState<String, ResultState> rows = newest(partition);
    for (ResultState row : rows.values()) {
      output.collect(emitted.replace(row));
    }
    rows.clear();
  }

  private void report(String table, int count) {
    Integer before = left.put(table, count);
    allLeft = left.values().stream().mapToInt(Integer::intValue).sum();
    if (count > 0 && (before == null || before == 0)) {
      LOG.warn(
          "Rows of {} wait: they are of {} partitions more than the {} that are written between"
              + " two checkpoints",
          table,
          count,
          MOST_PARTITIONS);
    } else if (count == 0 && before != null && before > 0) {
      LOG.info("No rows of {} wait any more", table);
    }
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("commits are due by the clock of the machine");
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    // The barrier has closed their files.
    open.clear();
  }
}
