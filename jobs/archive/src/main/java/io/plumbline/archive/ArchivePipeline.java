package io.plumbline.archive;

import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * From states of results, and changes by control, to rows of the tables.
 *
 * <pre>
 * states ─┐
 * changes ┴► by table ─► newest state of each result, once per commit, of so many partitions ─► rows
 * </pre>
 */
final class ArchivePipeline {
  private static final String NIGHTLY = "drift_nightly";

  private ArchivePipeline() {}

  static DataStream<ResultState> rows(
      DataStream<ResultState> states, DataStream<ResultState> changes, Duration commitInterval) {
    return states
        // The nightly run has written them itself.
        .filter(state -> !state.job().equals(NIGHTLY))
        .name("without the nightly run's")
        .uid("without-nightly")
        .union(changes)
        .keyBy(ResultState::table)
        .transform(
            "newest state of each result",
            TypeInformation.of(ResultState.class),
            new NewestStates(commitInterval.toMillis()))
        .uid("newest-states");
  }
}
