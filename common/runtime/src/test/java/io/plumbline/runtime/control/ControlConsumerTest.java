package io.plumbline.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read of a topic to which something happens. */
class ControlConsumerTest {
  private final FakeTopic topic = new FakeTopic();

  /** Reads on until all is read: the changes as {@code EPOCH@OFFSET}, and where a replay ends. */
  private static List<String> readOn(ControlConsumer consumer) {
    List<String> read = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      for (ControlConsumer.Read one : consumer.poll(Duration.ZERO)) {
        ControlChange change = one.record().event();
        read.add(
            "%d@%d%s"
                .formatted(
                    change.epoch().number() - Changes.EPOCH.number(),
                    change.offset(),
                    change.endsReplay() ? " end" : ""));
      }
    }
    return read;
  }

  @Test
  void noWakeupLosesWhatWasRead() {
    topic.write("income", "ann");
    topic.write("age", "ann");
    try (ControlConsumer consumer = topic.consumer(0)) {
      topic.wakeUpAtNextPosition();
      assertThat(readOn(consumer)).containsExactly("0@0", "0@1", "0@2 end");
    }
  }

  @Test
  void aTopicThatIsMadeAnewIsReadFromItsBeginning() {
    topic.write("income", "ann");
    try (ControlConsumer consumer = topic.consumer(0)) {
      assertThat(readOn(consumer)).containsExactly("0@0", "0@1 end");
      topic.makeAnew("second");
      topic.write("income", "bob");
      topic.write("age", "bob");
      assertThat(readOn(consumer)).containsExactly("1@0", "1@1", "1@2 end");
      assertThat(consumer.position())
          .isEqualTo(new ControlPosition(Changes.EPOCH.next("second"), 2));
    }
  }

  @Test
  void whatComesAfterALostEndCountsAlthoughItsOffsetsAreSmaller() {
    for (int i = 0; i < 10; i++) {
      topic.write("income", "ann" + i);
    }
    try (ControlConsumer consumer = topic.consumer(8)) {
      assertThat(readOn(consumer)).containsExactly("0@8", "0@9", "0@10 end");
      topic.loseFrom(2);
      topic.write("income", "bob");
      assertThat(readOn(consumer)).containsExactly("1@0", "1@1", "1@2", "1@3 end");
      assertThat(consumer.position().epoch()).isEqualTo(Changes.EPOCH.truncated());
    }
    ControlChange before = Changes.feature("income", "ann9", 9);
    ControlChange after =
        Changes.in(Changes.EPOCH.truncated(), Changes.feature("income", "bob", 2));
    assertThat(ControlChange.later(before, after)).isSameAs(after);
  }

  @Test
  void anEndThatWasLostWhileNobodyReadIsFoundAtTheStart() {
    topic.write("income", "ann");
    try (ControlConsumer consumer = topic.consumer(500)) {
      assertThat(readOn(consumer)).containsExactly("1@0", "1@1 end");
    }
  }

  @Test
  void whereOnlyTheOldestRecordsAreGoneTheRestIsReadOn() {
    for (int i = 0; i < 10; i++) {
      topic.write("income", "ann" + i);
    }
    topic.loseUntil(8);
    try (ControlConsumer consumer = topic.consumer(3)) {
      assertThat(readOn(consumer)).containsExactly("0@8", "0@9", "0@10 end");
    }
    topic.loseUntil(10);
    try (ControlConsumer consumer = topic.consumer(0)) {
      assertThat(readOn(consumer)).containsExactly("0@10 end");
      assertThat(consumer.isCaughtUp()).isTrue();
    }
  }

  @Test
  void theLaunchersSnapshotGoesOnAtTheFirstThatCouldNotBeRead() {
    topic.write("income", "ann");
    topic.writeNonsense();
    topic.write("income", "bob");
    topic.writeNonsense();
    try (ControlConsumer consumer = topic.consumer(0)) {
      ControlSnapshot snapshot = ControlTopic.read(consumer, FakeTopic.NAME);
      assertThat(snapshot.position()).isEqualTo(new ControlPosition(Changes.EPOCH, 1));
      assertThat(snapshot.changes()).containsOnlyKeys("feature/income");
      assertThat(snapshot.get("feature/income").offset()).isEqualTo(2);
    }
    topic.makeAnew("second");
    try (ControlConsumer consumer = topic.consumer(0)) {
      ControlSnapshot empty = ControlTopic.read(consumer, FakeTopic.NAME);
      assertThat(empty.position()).isEqualTo(new ControlPosition(Changes.EPOCH.next("second"), 0));
      assertThat(empty.changes()).isEmpty();
    }
  }
}
