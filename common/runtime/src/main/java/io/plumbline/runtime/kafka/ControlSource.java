package io.plumbline.runtime.kafka;

import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.control.ControlChange;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.control.ControlState;
import io.plumbline.runtime.control.source.ControlTopicSource;
import io.plumbline.runtime.ingest.IdleWatermarks;
import io.plumbline.runtime.ingest.Ingest;
import io.plumbline.runtime.ingest.Ingested;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The control topic as a stream of a job. */
final class ControlSource {
  private ControlSource() {}

  /**
   * Changes in the order in which they were made; what cannot be read is in the side output {@link
   * Ingest#DEAD_LETTERS}. It begins where the job's state says and, without state, where the
   * snapshot ends; of a topic that was made anew since it has all. A change may come again that the
   * snapshot or the state has; {@link ControlState} knows.
   *
   * <p>The stream holds no event time back, as if its watermark were the maximum from the start.
   */
  static SingleOutputStreamOperator<ControlChange> stream(
      StreamExecutionEnvironment env, KafkaConfig kafka, ControlSnapshot snapshot) {
    DataStream<Ingested<ControlChange>> records =
        env.fromSource(
                new ControlTopicSource(kafka, snapshot.position()),
                IdleWatermarks.strategy(),
                "read control")
            .uid("read-control")
            // One partition: the order of changes matters.
            .setParallelism(1);
    return Ingest.admitTimeless(records, TypeInformation.of(ControlChange.class), "admit-control")
        .setParallelism(1);
  }
}
