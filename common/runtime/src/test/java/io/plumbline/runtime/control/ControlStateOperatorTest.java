package io.plumbline.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.runtime.config.FeatureConfig;
import io.plumbline.runtime.launch.StreamingJob;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

/** What an operator with control broadcast to it goes by, before and after a restore. */
class ControlStateOperatorTest {
  private static final ControlSnapshot NOTHING = Changes.snapshot(0);

  /** Says who owns the feature that an event is about, by the file and by control. */
  private static final class Owner
      extends KeyedBroadcastProcessFunction<String, String, ControlChange, String> {
    private final ArrayList<FeatureConfig> file;
    private final ControlState control;

    Owner(ControlSnapshot initial, FeatureConfig... file) {
      this.file = new ArrayList<>(List.of(file));
      control = new ControlState(initial, ControlKind.FEATURE, ControlKind.SILENCE);
    }

    @Override
    public void processElement(String name, ReadOnlyContext context, Collector<String> out)
        throws Exception {
      Overrides overrides = control.overrides(context.getBroadcastState(ControlState.DESCRIPTOR));
      overrides.features(file).stream()
          .filter(feature -> feature.name().equals(name))
          .forEach(feature -> out.collect(feature.owner()));
    }

    @Override
    public void processBroadcastElement(
        ControlChange change, Context context, Collector<String> out) throws Exception {
      if (control.add(
          change,
          context.getBroadcastState(ControlState.DESCRIPTOR),
          context.currentProcessingTime())) {
        out.collect("news of " + change.key());
      }
    }
  }

  private static FeatureConfig inFile(String owner) {
    return (FeatureConfig) Changes.feature("income", owner, 0).spec();
  }

  private static CoBroadcastWithKeyedOperator<String, String, ControlChange, String> operator(
      Owner function) {
    return new CoBroadcastWithKeyedOperator<>(function, List.of(ControlState.DESCRIPTOR));
  }

  private static KeyedBroadcastOperatorTestHarness<String, String, ControlChange, String> harness(
      Owner function, OperatorSubtaskState restored) throws Exception {
    var harness = harness(operator(function));
    harness.setup();
    if (restored != null) {
      harness.initializeState(restored);
    }
    harness.open();
    return harness;
  }

  private static KeyedBroadcastOperatorTestHarness<String, String, ControlChange, String> harness(
      CoBroadcastWithKeyedOperator<String, String, ControlChange, String> operator)
      throws Exception {
    var harness =
        new KeyedBroadcastOperatorTestHarness<>(operator, name -> name, Types.STRING, 1, 1, 0);
    // What the operators of every job must hold to.
    harness
        .getExecutionConfig()
        .configure(StreamingJob.strict(), ControlStateOperatorTest.class.getClassLoader());
    return harness;
  }

  private static String owner(
      KeyedBroadcastOperatorTestHarness<String, String, ControlChange, String> harness)
      throws Exception {
    harness.getOutput().clear();
    harness.processElement("income", 0);
    return harness.extractOutputValues().isEmpty() ? null : harness.extractOutputValues().get(0);
  }

  @Test
  void theFileCountsUntilControlSaysOtherwiseAndAgainWhenItTakesThatBack() throws Exception {
    try (var harness = harness(new Owner(NOTHING, inFile("file")), null)) {
      assertThat(owner(harness)).isEqualTo("file");
      harness.processBroadcastElement(Changes.feature("income", "ann", 0), 0);
      assertThat(owner(harness)).isEqualTo("ann");
      harness.processBroadcastElement(Changes.change(1, "feature", "income", null), 0);
      assertThat(owner(harness)).isEqualTo("file");
    }
  }

  @Test
  void theLaunchersSnapshotCountsFromTheFirstEventOn() throws Exception {
    ControlSnapshot snapshot = Changes.snapshot(5, Changes.feature("income", "ann", 4));
    try (var harness = harness(new Owner(snapshot, inFile("file")), null)) {
      assertThat(owner(harness)).isEqualTo("ann");
      harness.getOutput().clear();
      // The source may go on before the snapshot's end: that is no news, and never undoes.
      harness.processBroadcastElement(Changes.feature("income", "older", 3), 0);
      harness.processBroadcastElement(Changes.feature("income", "ann", 4), 0);
      assertThat(harness.extractOutputValues()).isEmpty();
      assertThat(owner(harness)).isEqualTo("ann");
      harness.processBroadcastElement(Changes.feature("income", "bob", 5), 0);
      assertThat(harness.extractOutputValues()).containsExactly("ann", "news of feature/income");
      assertThat(owner(harness)).isEqualTo("bob");
    }
  }

  @Test
  void anEditedFileCountsAtTheNextStartWhereControlSaysNothing() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness(new Owner(NOTHING, inFile("old file")), null)) {
      harness.processBroadcastElement(Changes.feature("height", "ann", 0), 0);
      assertThat(owner(harness)).isEqualTo("old file");
      state = harness.snapshot(1, 1);
    }
    try (var harness = harness(new Owner(NOTHING, inFile("edited file")), state)) {
      assertThat(owner(harness)).isEqualTo("edited file");
    }
  }

  @Test
  void whatWasTakenBackStaysTakenBackOverAnOlderSnapshot() throws Exception {
    ControlSnapshot atStart = Changes.snapshot(1, Changes.feature("income", "ann", 0));
    OperatorSubtaskState state;
    try (var harness = harness(new Owner(atStart, inFile("file")), null)) {
      harness.processBroadcastElement(Changes.change(1, "feature", "income", null), 0);
      state = harness.snapshot(1, 1);
    }
    // A restart within the job: its graph still carries the snapshot of the start.
    try (var harness = harness(new Owner(atStart, inFile("edited")), state)) {
      assertThat(owner(harness)).isEqualTo("edited");
    }
    ControlSnapshot newer = Changes.snapshot(3, Changes.feature("income", "eve", 2));
    try (var harness = harness(new Owner(newer, inFile("file")), state)) {
      assertThat(owner(harness)).isEqualTo("eve");
    }
  }

  private static final ControlEpoch ANEW = Changes.EPOCH.next("second");

  private static List<String> kept(
      KeyedBroadcastOperatorTestHarness<String, String, ControlChange, String> harness) {
    List<String> kept = new ArrayList<>();
    try {
      harness
          .getBroadcastState(ControlState.DESCRIPTOR)
          .entries()
          .forEach(entry -> kept.add(entry.getKey()));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return kept;
  }

  @Test
  void aTopicThatWasMadeAnewReplacesAllThatWasSaidBefore() throws Exception {
    ControlSnapshot atStart = Changes.snapshot(41, Changes.feature("income", "ann", 40));
    OperatorSubtaskState state;
    try (var harness = harness(new Owner(atStart, inFile("file")), null)) {
      harness.processBroadcastElement(Changes.feature("age", "ann", 41), 0);
      harness.getOutput().clear();
      // Smaller offsets than the stored ones: they count all the same, from the first one on.
      harness.processBroadcastElement(Changes.in(ANEW, Changes.feature("height", "bob", 0)), 0);
      assertThat(owner(harness)).isEqualTo("ann");
      harness.processBroadcastElement(ControlChange.endOfReplay(ANEW, 1), 0);
      assertThat(owner(harness)).isEqualTo("file");
      assertThat(kept(harness)).containsExactlyInAnyOrder("feature/height", "");
      // What the old topic had comes to nothing, if it comes late.
      harness.processBroadcastElement(Changes.feature("income", "late", 42), 0);
      harness.processBroadcastElement(ControlChange.endOfReplay(Changes.EPOCH, 43), 0);
      assertThat(owner(harness)).isEqualTo("file");
      state = harness.snapshot(1, 1);
    }
    // The graph still carries the snapshot of the old topic.
    try (var harness = harness(new Owner(atStart, inFile("file")), state)) {
      assertThat(owner(harness)).isEqualTo("file");
      harness.processBroadcastElement(Changes.in(ANEW, Changes.feature("income", "bob", 1)), 0);
      assertThat(owner(harness)).isEqualTo("bob");
    }
  }

  @Test
  void anEmptyTopicThatWasMadeAnewSaysNothingAlsoAfterARestore() throws Exception {
    ControlSnapshot atStart = Changes.snapshot(8, Changes.feature("income", "ann", 7));
    OperatorSubtaskState state;
    try (var harness = harness(new Owner(atStart, inFile("file")), null)) {
      assertThat(owner(harness)).isEqualTo("ann");
      harness.processBroadcastElement(ControlChange.endOfReplay(ANEW, 0), 0);
      assertThat(owner(harness)).isEqualTo("file");
      state = harness.snapshot(1, 1);
    }
    try (var harness = harness(new Owner(atStart, inFile("file")), state)) {
      assertThat(owner(harness)).isEqualTo("file");
    }
  }

  @Test
  void aSnapshotOfATopicThatWasMadeAnewCountsOverRestoredState() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness(new Owner(NOTHING, inFile("file")), null)) {
      harness.processBroadcastElement(Changes.feature("income", "ann", 40), 0);
      harness.processBroadcastElement(ControlChange.endOfReplay(Changes.EPOCH, 41), 0);
      state = harness.snapshot(1, 1);
    }
    ControlEpoch launched = new ControlEpoch("second", Changes.EPOCH.number() + 5000);
    ControlSnapshot empty = new ControlSnapshot(launched, List.of(), 0);
    try (var harness = harness(new Owner(empty, inFile("file")), state)) {
      assertThat(owner(harness)).isEqualTo("file");
      harness.processBroadcastElement(Changes.in(launched, Changes.feature("income", "eve", 0)), 0);
      assertThat(owner(harness)).isEqualTo("eve");
      harness.processBroadcastElement(ControlChange.endOfReplay(launched, 1), 0);
      assertThat(kept(harness)).containsExactlyInAnyOrder("feature/income", "");
    }
    // The same topic, read by another launcher: its offsets go on.
    ControlEpoch later = new ControlEpoch("first", Changes.EPOCH.number() + 5000);
    ControlSnapshot older =
        new ControlSnapshot(
            later, List.of(Changes.in(later, Changes.feature("income", "x", 39))), 40);
    try (var harness = harness(new Owner(older, inFile("file")), state)) {
      assertThat(owner(harness)).isEqualTo("ann");
      harness.processBroadcastElement(Changes.in(later, Changes.feature("income", "bob", 41)), 0);
      assertThat(owner(harness)).isEqualTo("bob");
    }
  }

  private static ControlChange silence(long offset, String name, String until) {
    return Changes.change(
        offset,
        "silence",
        name,
        "{\"matchers\":{\"job\":\"drift\"},\"reason\":\"a\",\"until\":\"%s\"}".formatted(until));
  }

  @Test
  void silencesThatAreOverAndWhatTheJobDoesNotGoByAreNotKept() throws Exception {
    ControlChange known = silence(0, "known", "2026-11-24T00:00:00Z");
    try (var harness = harness(new Owner(Changes.snapshot(1, known)), null)) {
      harness.setProcessingTime(Changes.NOON.toEpochMilli());
      harness.processBroadcastElement(silence(1, "known", "2026-11-25T00:00:00Z"), 0);
      harness.processBroadcastElement(silence(2, "over", "2026-11-25T00:00:00Z"), 0);
      harness.processBroadcastElement(silence(3, "gone", "2026-11-26T00:00:00Z"), 0);
      harness.processBroadcastElement(Changes.change(4, "silence", "gone", null), 0);
      harness.processBroadcastElement(Changes.feature("income", "ann", 5), 0);
      harness.processBroadcastElement(silence(6, "on", "2026-11-26T00:00:00Z"), 0);
      harness.processBroadcastElement(Changes.change(7, "resolution", "i1", null), 0);
      assertThat(kept(harness))
          .containsExactlyInAnyOrder("silence/known", "feature/income", "silence/on");
    }
  }

  @Test
  void anIdleControlHoldsNothingBackAndNothingRunsAheadOfSilentEvents() throws Exception {
    var operator = operator(new Owner(NOTHING));
    try (var harness = harness(operator)) {
      harness.open();
      operator.processWatermarkStatus2(WatermarkStatus.IDLE);
      harness.processWatermark(new Watermark(1000));
      assertThat(harness.getOutput()).contains(new Watermark(1000));
      operator.processWatermarkStatus1(WatermarkStatus.IDLE);
      assertThat(harness.getOutput()).doesNotContain(Watermark.MAX_WATERMARK);
    }
  }

  @Test
  void theMaximumItselfWouldCarryTheOperatorToTheEndOfTime() throws Exception {
    // Why the source is idle instead; if Flink changes this, it may say the maximum.
    var operator = operator(new Owner(NOTHING));
    try (var harness = harness(operator)) {
      harness.open();
      harness.processBroadcastWatermark(Watermark.MAX_WATERMARK);
      harness.processWatermark(new Watermark(1000));
      operator.processWatermarkStatus1(WatermarkStatus.IDLE);
      assertThat(harness.getOutput()).contains(Watermark.MAX_WATERMARK);
    }
  }
}
