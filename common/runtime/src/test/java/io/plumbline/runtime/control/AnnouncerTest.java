package io.plumbline.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.runtime.config.FeatureConfig;
import io.plumbline.runtime.ingest.CatchUpState;
import io.plumbline.runtime.launch.StreamingJob;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithNonKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What keyed operators hear of the registry: owners of features here. */
class AnnouncerTest {
  private static final List<FeatureConfig> FILE =
      List.of(inFile("income", "ann"), inFile("age", "bob"));

  private TwoInputStreamOperatorTestHarness<CatchUpState, ControlChange, Announcement<String>>
      harness;

  private static FeatureConfig inFile(String name, String owner) {
    return (FeatureConfig) Changes.feature(name, owner, 0).spec();
  }

  private static Announcer.Entries<String> owners(List<FeatureConfig> file) {
    return overrides -> {
      Map<String, String> owners = new LinkedHashMap<>();
      overrides.features(file).forEach(feature -> owners.put(feature.name(), feature.owner()));
      return owners;
    };
  }

  private void open(List<FeatureConfig> file, OperatorSubtaskState state, ControlChange... initial)
      throws Exception {
    harness =
        new TwoInputStreamOperatorTestHarness<>(
            new CoBroadcastWithNonKeyedOperator<>(
                new Announcer<>(
                    ControlKind.FEATURE,
                    new ControlState(Changes.snapshot(0, initial), ControlKind.FEATURE),
                    owners(file)),
                List.of(ControlState.DESCRIPTOR)));
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    if (harness != null) {
      harness.close();
    }
  }

  private List<Announcement<String>> after(CatchUpState state) throws Exception {
    int before = harness.extractOutputValues().size();
    harness.processElement1(new StreamRecord<>(state));
    return harness.extractOutputValues().stream().skip(before).toList();
  }

  private List<Announcement<String>> after(ControlChange change) throws Exception {
    int before = harness.extractOutputValues().size();
    harness.processElement2(new StreamRecord<>(change));
    return harness.extractOutputValues().stream().skip(before).toList();
  }

  @Test
  void allAreAnnouncedAtTheBeginningAndOnceThatTheSourcesHaveCaughtUp() throws Exception {
    open(FILE, null, Changes.feature("age", "eve", 3));
    assertThat(after(new CatchUpState(false)))
        .containsExactly(
            Announcement.of("income", "ann", true),
            // What control says is no edit of the file.
            Announcement.of("age", "eve", false));
    assertThat(after(new CatchUpState(false))).isEmpty();
    assertThat(after(new CatchUpState(true))).containsExactly(Announcement.caughtUp("0"));
    assertThat(after(new CatchUpState(true))).isEmpty();
  }

  @Test
  void thatTheSourcesHaveCaughtUpComesBehindTheEntries() throws Exception {
    open(FILE, null);
    assertThat(after(new CatchUpState(true)))
        .containsExactly(
            Announcement.of("income", "ann", true),
            Announcement.of("age", "bob", true),
            Announcement.caughtUp("0"));
    assertThat(after(new CatchUpState(true))).isEmpty();
  }

  @Test
  void aChangeIsAnnouncedAloneAndARemovalToo() throws Exception {
    open(FILE, null);
    after(new CatchUpState(true));
    assertThat(after(Changes.feature("income", "eve", 1)))
        .containsExactly(Announcement.of("income", "eve", false));
    assertThat(after(Changes.feature("new", "eve", 2)))
        .containsExactly(Announcement.of("new", "eve", false));
    assertThat(after(Changes.change(3, "feature", "new", null)))
        .containsExactly(Announcement.of("new", null, false));
    // The file's holds again.
    assertThat(after(Changes.change(4, "feature", "income", null)))
        .containsExactly(Announcement.of("income", "ann", false));
    assertThat(after(Changes.change(5, "feature", "income", null))).isEmpty();
  }

  @Test
  void beforeTheBeginningAChangeIsOnlyKept() throws Exception {
    open(FILE, null);
    assertThat(after(Changes.feature("income", "eve", 1))).isEmpty();
    OperatorSubtaskState state = harness.snapshot(1, 1);
    close();
    open(List.of(inFile("income", "ann")), state);
    assertThat(after(new CatchUpState(false)))
        .containsExactly(Announcement.of("income", "eve", false));
  }

  @Test
  void anAnnouncementTravelsWithoutKryo() throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, StreamingJob.strict());
    TypeInformation<Announcement<String>> type = Announcement.type(Types.STRING);
    TypeSerializer<Announcement<String>> serializer =
        type.createSerializer(env.getConfig().getSerializerConfig());
    for (Announcement<String> one :
        List.of(Announcement.of("a", "spec", true), Announcement.<String>caughtUp("b"))) {
      DataOutputSerializer bytes = new DataOutputSerializer(64);
      serializer.serialize(one, bytes);
      assertThat(serializer.deserialize(new DataInputDeserializer(bytes.getCopyOfBuffer())))
          .isEqualTo(one);
    }
  }

  /** On a cluster: of four tasks three have no entry. */
  @Test
  void eachTaskHearsThatTheSourcesHaveCaughtUpBehindItsEntries() throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(4, StreamingJob.strict());
    DataStream<String> heard =
        Announcer.announce(
                env.fromData(new CatchUpState(false), new CatchUpState(true)).uid("catch-up"),
                env.fromData(TypeInformation.of(ControlChange.class), Changes.feature("x", "x", 0))
                    .uid("control")
                    .filter(change -> false)
                    .uid("no-control"),
                Changes.snapshot(0),
                ControlKind.FEATURE,
                owners(List.of(inFile("income", "ann"))),
                Types.STRING,
                "announce")
            .keyBy(Announcement::name)
            .process(new Hearing())
            .uid("hearing");
    Map<String, List<String>> byTask = new TreeMap<>();
    try (CloseableIterator<String> all = heard.executeAndCollect()) {
      all.forEachRemaining(
          one ->
              byTask
                  .computeIfAbsent(one.substring(0, 1), task -> new ArrayList<>())
                  .add(one.substring(2)));
    }
    assertThat(byTask).hasSize(4).allSatisfy((task, of) -> assertThat(of).contains("caught up"));
    List<String> withEntry =
        byTask.values().stream().filter(of -> of.contains("income")).findFirst().orElseThrow();
    assertThat(withEntry.get(0)).isEqualTo("income");
  }

  private static final class Hearing
      extends KeyedProcessFunction<String, Announcement<String>, String> {
    @Override
    public void processElement(Announcement<String> one, Context context, Collector<String> out) {
      int task = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
      out.collect(task + " " + (one.caughtUp() ? "caught up" : one.name()));
    }
  }
}
