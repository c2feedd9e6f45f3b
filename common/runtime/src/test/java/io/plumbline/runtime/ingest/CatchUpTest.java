package io.plumbline.runtime.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.runtime.ingest.EndOffsetsPoller.Answer;
import io.plumbline.runtime.ingest.SourceProgress.ReadPosition;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Times are seconds since the job began. */
class CatchUpTest {
  private static final TopicPartition FIRST = new TopicPartition("labels", 0);
  private static final TopicPartition SECOND = new TopicPartition("labels", 1);

  private final CatchUp catchUp = new CatchUp(Map.of("labels", "l"));

  private void ends(long second, long first) {
    catchUp.add(new Answer(second * 1000, Map.of(FIRST, first)));
  }

  /** A source of one task has read until an offset, and then nothing for some seconds. */
  private void read(long second, long offset, long silence) {
    catchUp.add(
        new SourceProgress(
            "l",
            0,
            1,
            second * 1000,
            List.of(new ReadPosition("labels", 0, offset, silence * 1000))));
  }

  private boolean isDone(long second) {
    return catchUp.isDone(second * 1000);
  }

  @Test
  void whatEndedTenSecondsAgoMustHaveBeenRead() {
    for (int second = 0; second <= 60; second += 2) {
      // 100 records a second, which are read 12 seconds after they are written.
      ends(second, 10_000 + 100L * second);
      read(second, 10_000 + 100L * (second - 12), 0);
      assertThat(isDone(second)).isFalse();
      assertThat(catchUp.unread(second * 1000L)).containsExactly(FIRST);
    }
    assertThat(catchUp.describe(FIRST)).isEqualTo("labels-0 at 14800 of 16000");
    read(60, 10_000 + 100L * 52, 0);
    assertThat(isDone(61)).isTrue();
  }

  /** What has ever been read to its end, but is not now, is not read. */
  @Test
  void anEndOffsetThatWasTakenLongAgoSaysNothing() {
    ends(0, 100);
    read(1, 99, 0);
    assertThat(isDone(1)).isFalse();
    read(11, 100, 0);
    assertThat(isDone(11)).isFalse();
    ends(12, 500);
    assertThat(isDone(12)).isFalse();
  }

  @Test
  void aPartitionThatGivesNoRecordForTenSecondsIsRead() {
    // Its last records are a marker of a transaction, or have been compacted away.
    for (int second = 0; second <= 12; second += 2) {
      ends(second, 100);
      read(second, 98, Math.max(0, second - 2));
      assertThat(isDone(second)).isEqualTo(second == 12);
    }
  }

  @Test
  void aPartitionThatHasNeverGivenARecordIsReadAfterTenSeconds() {
    for (int second = 0; second <= 10; second += 2) {
      ends(second, 100);
      catchUp.add(new SourceProgress("l", 0, 1, second * 1000L, List.of()));
      assertThat(isDone(second)).isEqualTo(second == 10);
    }
  }

  @Test
  void whileATaskIsHeldUpItsPartitionsAreNotSilent() {
    for (int second = 0; second <= 60; second += 2) {
      ends(second, 100);
      catchUp.add(new SourceProgress("l", 0, 2, second * 1000L, List.of()));
      catchUp.add(new SourceProgress("l", 1, 2, 3000, List.of()));
      assertThat(isDone(second)).isFalse();
    }
    catchUp.add(new SourceProgress("l", 1, 2, 10_000, List.of()));
    assertThat(isDone(60)).isTrue();
  }

  @Test
  void whileTheBrokerDoesNotAnswerNothingIsRead() {
    read(20, 100, 20);
    assertThat(isDone(20)).isFalse();
    ends(20, 100_000);
    assertThat(isDone(20)).isFalse();
    catchUp.add(new Answer(22_000, Map.of()));
    assertThat(isDone(22)).isFalse();
    for (int second = 24; second <= 34; second += 2) {
      ends(second, 100_000);
      read(second, 100, 20);
      assertThat(isDone(second)).isEqualTo(second == 34);
    }
  }

  @Test
  void allPartitionsOfAllSourcesCount() {
    CatchUp two = new CatchUp(Map.of("labels", "l", "features", "f"));
    TopicPartition other = new TopicPartition("features", 0);
    two.add(new Answer(0, Map.of(FIRST, 7L, SECOND, 8L, other, 9L)));
    ReadPosition second = new ReadPosition("labels", 1, 8, 0);
    two.add(new SourceProgress("l", 0, 2, 0, List.of(new ReadPosition("labels", 0, 7, 0))));
    two.add(new SourceProgress("f", 0, 1, 0, List.of(new ReadPosition("features", 0, 9, 0))));
    assertThat(two.isDone(0)).isFalse();
    assertThat(two.unread(0)).containsExactly(SECOND);
    two.add(new SourceProgress("l", 1, 2, 0, List.of(second)));
    assertThat(two.isDone(0)).isTrue();
  }

  @Test
  void allTasksMustHaveBegun() {
    ends(0, 7);
    catchUp.add(new SourceProgress("l", 0, 2, 0, List.of(new ReadPosition("labels", 0, 7, 0))));
    assertThat(isDone(0)).isFalse();
    catchUp.add(new SourceProgress("l", 1, 2, 0, List.of()));
    assertThat(isDone(0)).isTrue();
  }
}
