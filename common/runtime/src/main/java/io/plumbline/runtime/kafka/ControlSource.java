package io.plumbline.runtime.kafka;

import io.plumbline.events.Topic;
import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.control.ControlChange;
import io.plumbline.runtime.control.ControlSchema;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.control.ControlState;
import io.plumbline.runtime.ingest.IdleWatermarks;
import io.plumbline.runtime.ingest.Ingest;
import io.plumbline.runtime.ingest.Ingested;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/** The control topic as a stream of a job. */
final class ControlSource {
  private ControlSource() {}

  /**
   * Changes in the order in which they were made; what cannot be read is in the side output {@link
   * Ingest#DEAD_LETTERS}. It begins where the job's state says and, without state, where the
   * snapshot ends: what a consumer group has committed does not count. A change may come again that
   * the snapshot or the state has; {@link ControlState} knows.
   *
   * <p>The stream holds no event time back, as if its watermark were the maximum from the start.
   *
   * @param job names the consumer group: {@code plumbline-JOB}
   */
  static SingleOutputStreamOperator<ControlChange> stream(
      StreamExecutionEnvironment env, KafkaConfig kafka, String job, ControlSnapshot snapshot) {
    DataStream<Ingested<ControlChange>> records =
        env.fromSource(source(kafka, job, snapshot), IdleWatermarks.strategy(), "read control")
            .uid("read-control")
            // One partition: the order of changes matters.
            .setParallelism(1);
    return Ingest.admitTimeless(records, TypeInformation.of(ControlChange.class), "admit-control")
        .setParallelism(1);
  }

  @SuppressWarnings("deprecation") // the connector asks for Kafka's old enum
  private static KafkaSource<Ingested<ControlChange>> source(
      KafkaConfig kafka, String job, ControlSnapshot snapshot) {
    TopicPartition only = new TopicPartition(kafka.name(Topic.CONTROL), 0);
    return KafkaSources.builder(kafka, job, new ControlSchema(kafka))
        // What was rolled back was never said, whatever the config reads elsewhere.
        .setProperty("isolation.level", "read_committed")
        .setPartitions(Set.of(only))
        .setStartingOffsets(
            // If the offset is gone, the topic is another one: read it whole.
            OffsetsInitializer.offsets(Map.of(only, snapshot.next()), OffsetResetStrategy.EARLIEST))
        .build();
  }
}
