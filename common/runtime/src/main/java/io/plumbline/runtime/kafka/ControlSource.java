package io.plumbline.runtime.kafka;

import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.control.ControlChange;
import io.plumbline.runtime.control.ControlPosition;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.control.ControlState;
import io.plumbline.runtime.control.source.ControlTopicSource;
import io.plumbline.runtime.ingest.IdleWatermarks;
import io.plumbline.runtime.ingest.Ingest;
import io.plumbline.runtime.ingest.Ingested;
import org.apache.flink.api.common.functions.MapFunction;
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
    return Ingest.admitTimeless(
            read(env, kafka, snapshot.position()),
            TypeInformation.of(ControlChange.class),
            "admit-control")
        .setParallelism(1);
  }

  /**
   * Each change that the topic has, in the form that a job keeps it in; what has none is in the
   * side output {@link Ingest#DEAD_LETTERS}. Without state it begins at a position, and else as the
   * stream above.
   *
   * @param form of the record of a change; a refusal is only given another type
   */
  static <T> SingleOutputStreamOperator<T> changes(
      StreamExecutionEnvironment env,
      KafkaConfig kafka,
      ControlPosition from,
      MapFunction<Ingested<ControlChange>, Ingested<T>> form,
      TypeInformation<T> type) {
    DataStream<Ingested<T>> formed =
        read(env, kafka, from)
            .filter(record -> record.event() == null || !record.event().endsReplay())
            .name("changes by control")
            .uid("changes-by-control")
            .setParallelism(1)
            .map(form, Ingested.type(type))
            .name("form control")
            .uid("form-control")
            .setParallelism(1);
    return Ingest.admitTimeless(formed, type, "admit-control").setParallelism(1);
  }

  private static DataStream<Ingested<ControlChange>> read(
      StreamExecutionEnvironment env, KafkaConfig kafka, ControlPosition from) {
    return env.fromSource(
            new ControlTopicSource(kafka, from), IdleWatermarks.strategy(), "read control")
        .uid("read-control")
        // One partition: the order of changes matters.
        .setParallelism(1);
  }
}
