package io.plumbline.runtime.control;

import io.plumbline.events.EventJson;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.config.PlumblineConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/** A control topic without a broker, to which happens what seldom does. */
final class FakeTopic implements TopicIds {
  private static final KafkaConfig KAFKA = PlumblineConfig.defaults().kafka();
  static final String NAME = KAFKA.name(Topic.CONTROL);
  private static final TopicPartition ONLY = new TopicPartition(NAME, 0);

  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
  private String id = Changes.EPOCH.topicId();
  private long beginning;
  private long end;
  private boolean wakesUp;

  ControlConsumer consumer(long from) {
    return consumer(new ControlPosition(Changes.EPOCH, from));
  }

  ControlConsumer consumer(ControlPosition from) {
    return new ControlConsumer(KAFKA, from, this, Reader::new);
  }

  /** Adds a change of a feature's owner. */
  void write(String feature, String owner) {
    ControlChange change = Changes.feature(feature, owner, end);
    write(change.key(), EventJson.write(change.message()));
  }

  void writeNonsense() {
    write("nonsense", new byte[] {'x'});
  }

  private void write(String key, byte[] value) {
    records.add(new ConsumerRecord<>(NAME, 0, end, key.getBytes(StandardCharsets.UTF_8), value));
    end++;
  }

  /** Loses the records from an offset on. */
  void loseFrom(long offset) {
    records.removeIf(record -> record.offset() >= offset);
    end = offset;
  }

  /** Loses the records before an offset. */
  void loseUntil(long offset) {
    records.removeIf(record -> record.offset() < offset);
    beginning = offset;
  }

  void makeAnew(String newId) {
    id = newId;
    records.clear();
    beginning = 0;
    end = 0;
  }

  /** Ends the next question for a position, as a wakeup that comes then does. */
  void wakeUpAtNextPosition() {
    wakesUp = true;
  }

  @Override
  public String of(String topic) {
    return id;
  }

  @Override
  public void close() {}

  private final class Reader extends MockConsumer<byte[], byte[]> {
    Reader() {
      super("none");
      updateBeginningOffsets(Map.of(ONLY, beginning));
      updateEndOffsets(Map.of(ONLY, end));
    }

    @Override
    public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      long position = super.position(ONLY);
      if (position < beginning || position > end) {
        throw new OffsetOutOfRangeException(Map.of(ONLY, position));
      }
      records.stream().filter(record -> record.offset() >= position).forEach(this::addRecord);
      return super.poll(timeout);
    }

    @Override
    public synchronized long position(TopicPartition partition) {
      if (wakesUp) {
        wakesUp = false;
        throw new WakeupException();
      }
      return super.position(partition);
    }
  }
}
