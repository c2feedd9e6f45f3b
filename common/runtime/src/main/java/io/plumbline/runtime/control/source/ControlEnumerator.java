package io.plumbline.runtime.control.source;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/** Gives the split to the only reader. */
final class ControlEnumerator implements SplitEnumerator<ControlSplit, List<ControlSplit>> {
  private final SplitEnumeratorContext<ControlSplit> context;
  private final List<ControlSplit> unassigned;

  ControlEnumerator(SplitEnumeratorContext<ControlSplit> context, List<ControlSplit> unassigned) {
    this.context = context;
    this.unassigned = new ArrayList<>(unassigned);
  }

  @Override
  public void start() {
    // Readers say themselves that they are there.
  }

  @Override
  public void addReader(int subtask) {
    unassigned.forEach(split -> context.assignSplit(split, subtask));
    unassigned.clear();
  }

  @Override
  public void addSplitsBack(List<ControlSplit> splits, int subtask) {
    unassigned.addAll(splits);
    if (context.registeredReaders().containsKey(subtask)) {
      addReader(subtask);
    }
  }

  @Override
  public void handleSplitRequest(int subtask, String host) {
    // The reader has the split from its start.
  }

  @Override
  public List<ControlSplit> snapshotState(long checkpoint) {
    return List.copyOf(unassigned);
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
