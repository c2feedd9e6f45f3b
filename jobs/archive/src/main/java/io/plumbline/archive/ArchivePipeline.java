package io.plumbline.archive;

import io.plumbline.events.DeadLetter;
import io.plumbline.runtime.ingest.Ingested;
import io.plumbline.runtime.ingest.SplitDeadLetters;
import java.time.Duration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * From records of the result topics to rows of the tables.
 *
 * <pre>
 * records ─► take dead letters apart ─► by table ─► newest state of each result, once per commit ─► rows
 *                     └─► dead letters
 * </pre>
 */
final class ArchivePipeline {
  private static final String NIGHTLY = "drift_nightly";

  private ArchivePipeline() {}

  record Outputs(DataStream<ResultState> rows, DataStream<DeadLetter> deadLetters) {}

  static Outputs build(DataStream<Ingested<ResultState>> records, Duration commitInterval) {
    SingleOutputStreamOperator<ResultState> states =
        records
            .process(new SplitDeadLetters<ResultState>())
            .returns(ResultState.class)
            .name("take dead letters apart")
            .uid("split-dead-letters");
    DataStream<ResultState> rows =
        states
            // The nightly run has written them itself.
            .filter(state -> !state.job().equals(NIGHTLY))
            .name("without the nightly run's")
            .uid("without-nightly")
            .keyBy(ResultState::table)
            .process(new NewestStates(commitInterval.toMillis()))
            .name("newest state of each result")
            .uid("newest-states");
    return new Outputs(rows, states.getSideOutput(SplitDeadLetters.DEAD_LETTERS));
  }
}
