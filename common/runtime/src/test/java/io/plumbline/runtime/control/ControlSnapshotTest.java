package io.plumbline.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ControlSnapshotTest {
  private static final ControlEpoch ANEW = Changes.EPOCH.next("second");

  @Test
  void theRevisionGrowsAlsoWhenTheTopicIsMadeAnew() {
    ControlSnapshot before = Changes.snapshot(501, Changes.feature("income", "ann", 500));
    ControlSnapshot more =
        before.after(
            List.of(Changes.feature("age", "ann", 501)), new ControlPosition(Changes.EPOCH, 502));
    assertThat(more.changes()).containsOnlyKeys("feature/income", "feature/age");
    assertThat(more.revision()).isGreaterThan(before.revision());
    ControlChange first = Changes.in(ANEW, Changes.feature("income", "bob", 0));
    ControlSnapshot anew =
        more.after(
            // What was read before it was known that the topic is another one.
            List.of(Changes.feature("age", "late", 502), first), new ControlPosition(ANEW, 1));
    assertThat(anew.changes()).containsExactlyEntriesOf(java.util.Map.of("feature/income", first));
    assertThat(anew.revision()).isGreaterThan(more.revision());
  }

  @Test
  void noOffsetIsSoGreatThatItsRevisionIsOfALaterTopic() {
    ControlSnapshot before =
        Changes.snapshot((1L << 40) + 1, Changes.feature("income", "ann", 1L << 40));
    ControlSnapshot anew =
        before.after(
            List.of(Changes.in(ANEW, Changes.feature("income", "bob", 0))),
            new ControlPosition(ANEW, 1));
    assertThat(anew.revision()).isGreaterThan(before.revision());
    assertThat(before.revision()).isGreaterThan(Changes.snapshot(0).revision());
    assertThat(Changes.snapshot(0).revision()).isGreaterThan(Revision.NONE);
  }

  @Test
  void aTopicThatHasLostItsEndIsReadFromItsBeginningAndReplacesWhatItSaid() {
    ControlEpoch cut = Changes.EPOCH.truncated();
    assertThat(cut.isSame(Changes.EPOCH)).isFalse();
    assertThat(cut.replaces(Changes.EPOCH)).isTrue();
    assertThat(Changes.EPOCH.replaces(cut)).isFalse();
    assertThat(cut.next("first")).isEqualTo(cut);
    assertThat(new ControlPosition(Changes.EPOCH, 40).in(cut))
        .isEqualTo(new ControlPosition(cut, 0));
    ControlChange old = Changes.feature("income", "ann", 500);
    ControlChange now = Changes.in(cut, Changes.feature("income", "bob", 3));
    assertThat(ControlChange.later(old, now)).isEqualTo(now);
  }

  @Test
  void aPositionInATopicThatWasMadeAnewIsItsBeginning() {
    ControlPosition position = new ControlPosition(Changes.EPOCH, 40);
    ControlEpoch again = new ControlEpoch("first", 2000);
    assertThat(position.in(again)).isEqualTo(new ControlPosition(again, 40));
    assertThat(position.in(new ControlEpoch("first", 1))).isEqualTo(position);
    assertThat(position.in(new ControlEpoch("second", 2000)).next()).isZero();
    // The job has seen a newer topic than its launcher.
    assertThat(new ControlPosition(ANEW, 7).in(Changes.EPOCH))
        .isEqualTo(new ControlPosition(ANEW, 7));
  }
}
