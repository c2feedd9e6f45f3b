package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.events.ResultTopic;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.FeatureConfig;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.ControlChange;
import io.plumbline.runtime.control.ControlKind;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.control.ControlState;
import io.plumbline.runtime.control.ControlTopic;
import io.plumbline.runtime.ingest.Lateness;
import io.plumbline.runtime.ingest.Malformed;
import io.plumbline.runtime.kafka.EventStreams;
import io.plumbline.runtime.kafka.JobResults;
import io.plumbline.runtime.kafka.ResultSinks;
import io.plumbline.runtime.launch.StreamingJob;
import io.plumbline.testing.KafkaExtension;
import io.plumbline.testing.TestCluster;
import io.plumbline.testing.TestTopics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A job goes by what is applied while it runs, and by what was applied before it started. */
class ControlledJobIT {
  @RegisterExtension static final KafkaExtension KAFKA = new KafkaExtension();

  private static final String NAME = "who-owns";
  private static final ResultTopic<Question> ANSWERS =
      new ResultTopic<>(Topic.METRICS, Question::feature);

  @TempDir Path folder;
  private TestTopics topics;
  private Path config;
  private int asked;

  /** A question, who owns a feature, and the answer to it. */
  public record Question(String feature, int number, String owner) {}

  @BeforeEach
  void topics() {
    topics = KAFKA.topics();
    config =
        topics.writeConfig(
            "at_least_once",
            features("file"),
            "ingest: {out_of_orderness: 0s, idle_after: 300ms, allowed_lateness: 0s}");
  }

  private static String features(String owner) {
    return "features: [{name: income, type: numeric, owner: %s}]".formatted(owner);
  }

  /**
   * Answers when event time has passed the question, so that control must not hold event time up.
   */
  private static final class WhoOwns
      extends KeyedBroadcastProcessFunction<String, Question, ControlChange, Question> {
    private final ArrayList<FeatureConfig> file;
    private final ControlState control;

    WhoOwns(List<FeatureConfig> file, ControlSnapshot initial) {
      this.file = new ArrayList<>(file);
      control = new ControlState(initial, ControlKind.FEATURE);
    }

    @Override
    public void processElement(
        Question question, ReadOnlyContext context, Collector<Question> out) {
      // The number of the question is its event time.
      context.timerService().registerEventTimeTimer(question.number());
    }

    @Override
    public void onTimer(long number, OnTimerContext context, Collector<Question> out)
        throws Exception {
      String name = context.getCurrentKey();
      control.overrides(context.getBroadcastState(ControlState.DESCRIPTOR)).features(file).stream()
          .filter(feature -> feature.name().equals(name))
          .forEach(feature -> out.collect(new Question(name, (int) number, feature.owner())));
    }

    @Override
    public void processBroadcastElement(
        ControlChange change, Context context, Collector<Question> out) throws Exception {
      control.add(
          change,
          context.getBroadcastState(ControlState.DESCRIPTOR),
          context.currentProcessingTime());
    }
  }

  private static Question question(byte[] text) throws Malformed {
    String[] parts = new String(text, StandardCharsets.UTF_8).split(" ", -1);
    if (parts.length != 2) {
      throw new Malformed("expected a name and a number");
    }
    return new Question(parts[0], Integer.parseInt(parts[1]), null);
  }

  private static void define(StreamExecutionEnvironment env, PlumblineConfig config) {
    ControlSnapshot initial = ControlTopic.read(config.kafka());
    EventStreams streams = new EventStreams(env, config, NAME, Duration.ZERO);
    DataStream<ControlChange> control = streams.control(initial);
    streams
        .of(
            Topic.FEATURES,
            ControlledJobIT::question,
            Question::number,
            TypeInformation.of(Question.class),
            Lateness.LIMITED)
        .keyBy(Question::feature)
        .connect(control.broadcast(ControlState.DESCRIPTOR))
        .process(new WhoOwns(config.features(), initial))
        .uid("who-owns")
        .sinkTo(ResultSinks.of(config.kafka(), NAME, ANSWERS))
        .uid("write-answers");
    new JobResults(streams).write();
  }

  private JobClient start(String savepoint) throws Exception {
    Configuration options = new Configuration(StreamingJob.strict());
    options.setString("execution.checkpointing.interval", "300 ms");
    options.setString("execution.checkpointing.dir", folder.toUri().toString());
    if (savepoint != null) {
      options.setString("execution.state-recovery.path", savepoint);
    }
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2, options);
    define(env, ConfigLoader.load(config));
    return env.executeAsync(NAME);
  }

  private void apply(String owner) throws Exception {
    String document =
        "{kind: feature, name: income, spec: {type: numeric, owner: %s}}".formatted(owner);
    Cli run =
        Cli.plumblineWithInput(folder, document, "apply", "-f", "-", "--config", config.toString());
    assertThat(run.exit()).as(run.err()).isZero();
  }

  /** Asks again and again until that is the answer to the latest question that has one. */
  private void awaitOwner(String owner) {
    TestCluster.await(
        "the owner is " + owner,
        () -> {
          asked++;
          topics.produce(Topic.FEATURES, List.of("income " + asked));
          Optional<JsonNode> latest =
              topics.read(Topic.METRICS).stream()
                  .max(Comparator.comparingInt(answer -> answer.get("number").intValue()));
          return latest.filter(answer -> owner.equals(answer.get("owner").textValue())).isPresent();
        });
  }

  private List<String> refusals() {
    return topics.read(Topic.DEAD_LETTERS).stream()
        .map(letter -> letter.get("offset") + " " + letter.get("reason").textValue())
        .toList();
  }

  @Test
  void aRunningJobGoesByWhatIsApplied() throws Exception {
    apply("before");
    JobClient job = start(null);
    awaitOwner("before");
    apply("while");
    awaitOwner("while");

    String message =
        "{\"kind\":\"feature\",\"name\":\"income\",\"author\":\"x\",\"at\":1,\"spec\":%s}";
    topics.produceKeyed(
        Topic.CONTROL,
        List.of(
            "nonsense",
            message.formatted("{\"type\":\"number\"}"),
            message.formatted("{\"type\":\"numeric\",\"onwer\":\"x\"}")),
        value -> "feature/income");
    topics.produceKeyed(
        Topic.CONTROL,
        List.of(message.formatted("{\"type\":\"numeric\",\"owner\":\"under another key\"}")),
        value -> "feature/age");
    TestCluster.await("four dead letters", () -> refusals().size() == 4);
    assertThat(refusals())
        .satisfiesExactlyInAnyOrder(
            reason -> assertThat(reason).startsWith("2 not JSON: "),
            reason -> assertThat(reason).startsWith("3 ").contains("spec.type: expected one of"),
            reason -> assertThat(reason).startsWith("4 ").contains("spec.onwer: unknown key"),
            reason ->
                assertThat(reason)
                    .isEqualTo(
                        "5 expected the record's key to be feature/income, found \"feature/age\""));
    awaitOwner("while");

    String savepoint =
        job.stopWithSavepoint(false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
            .get(2, TimeUnit.MINUTES);
    Files.writeString(
        config, Files.readString(config).replace(features("file"), features("edited")));
    JobClient again = start(savepoint);
    awaitOwner("while");
    Cli deleted =
        Cli.plumbline(folder, "delete", "feature", "income", "--config", config.toString());
    assertThat(deleted.exit()).as(deleted.err()).isZero();
    awaitOwner("edited");
    // What the first run refused is not refused a second time.
    assertThat(refusals()).hasSize(4);
    again.cancel().get(1, TimeUnit.MINUTES);
  }
}
