package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.Topic;
import io.plumbline.testing.KafkaExtension;
import io.plumbline.testing.TestTopics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees of the control topic, on a real broker. */
class ControlCommandsIT {
  @RegisterExtension static final KafkaExtension KAFKA = new KafkaExtension();

  private static final String DOCUMENTS =
      """
      kind: feature
      name: income
      spec: {type: numeric, owner: ann}
      ---
      {"kind": "silence", "name": "deploy",
       "spec": {"matchers": {"model": "credit"}, "until": "2026-11-26T01:00:00+01:00", "reason": "r"}}
      """;

  @TempDir Path folder;
  private TestTopics topics;
  private Path config;

  @BeforeEach
  void topics() {
    topics = KAFKA.topics();
    config = topics.writeConfig("at_least_once");
  }

  private Cli plumbline(String... args) throws Exception {
    return typing("", args);
  }

  private Cli typing(String input, String... args) throws Exception {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--config", config.toString()));
    return Cli.plumblineWithInput(folder, input, all.toArray(String[]::new));
  }

  private Cli apply(String text, String... more) throws Exception {
    Path file = Files.writeString(folder.resolve("c.yaml"), text);
    List<String> args = new ArrayList<>(List.of("apply", "-f", file.toString()));
    args.addAll(List.of(more));
    return plumbline(args.toArray(String[]::new));
  }

  private static void prints(Cli run, String... lines) {
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out().lines()).containsExactly(lines);
  }

  private static void fails(Cli run, int exit, String... lines) {
    assertThat(run.err().lines()).containsExactly(lines);
    assertThat(run.out()).isEmpty();
    assertThat(run.exit()).isEqualTo(exit);
  }

  @Test
  void documentsAreAppliedShownAndTakenBack() throws Exception {
    prints(
        apply(DOCUMENTS, "--author", "eve", "--dry-run"),
        "feature/income created",
        "silence/deploy created",
        "dry run: nothing was sent");
    assertThat(topics.read(Topic.CONTROL)).isEmpty();
    prints(apply(DOCUMENTS, "--author", "eve"), "feature/income created", "silence/deploy created");
    prints(apply(DOCUMENTS), "feature/income unchanged", "silence/deploy unchanged");
    assertThat(topics.read(Topic.CONTROL)).hasSize(2);
    prints(
        apply(DOCUMENTS.replace("ann", "bob"), "--author", "kim"),
        "feature/income changed",
        "silence/deploy unchanged");

    Cli table = plumbline("get", "feature");
    assertThat(table.out().lines().map(line -> line.split(" +", 3)[1]))
        .containsExactly("AUTHOR", "kim");
    Cli document = plumbline("get", "feature", "income");
    assertThat(document.out())
        .contains("kind: feature\n", "name: income\n", "owner: bob", "author: kim\n", "at: 20");
    prints(typing(document.out(), "apply", "-f", "-"), "feature/income unchanged");

    prints(plumbline("delete", "feature", "income", "--author", "pat"), "feature/income deleted");
    assertThat(plumbline("get", "feature").out()).hasLineCount(1);
    fails(
        plumbline("delete", "feature", "income"),
        ExitCode.FAILED,
        "plumbline: feature income: control says nothing about it");
    assertThat(topics.read(Topic.CONTROL))
        .last()
        .satisfies(
            message -> {
              assertThat(message.get("spec").isNull()).isTrue();
              assertThat(message.get("author").textValue()).isEqualTo("pat");
            });
    prints(apply(DOCUMENTS), "feature/income created", "silence/deploy unchanged");
  }

  @Test
  void aControlTopicThatForgetsIsNamedWithTheWayToMendIt() throws Exception {
    String name = topics.config().name(Topic.CONTROL);
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
    ConfigEntry forgets = new ConfigEntry("cleanup.policy", "delete");
    try (Admin admin = Admin.create(topics.config().clientProperties())) {
      admin
          .incrementalAlterConfigs(
              Map.of(topic, List.of(new AlterConfigOp(forgets, AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
    fails(
        plumbline("topics", "create"),
        ExitCode.FAILED,
        "plumbline: topic %s: expected cleanup.policy=compact, found delete, which forgets changes;"
                .formatted(name)
            + " mend it by kafka-configs.sh --bootstrap-server %s --alter --entity-type topics"
                .formatted(topics.config().clientProperties().get("bootstrap.servers"))
            + " --entity-name %s --add-config cleanup.policy=compact".formatted(name));
  }

  @Test
  void aWholeFileIsAppliedAndComesBackAsDocuments() throws Exception {
    String file =
        """
        kafka: {properties: {bootstrap.servers: "elsewhere:9092"}}
        lineage: [{name: ledger, kind: source}]
        features: [{name: income, type: numeric, source: ledger}, {name: country, type: categorical}]
        models: [{name: credit, features: [income, country]}]
        monitors: [{name: drifted, select: {metric: psi}, above: {P2: 0.25}, for: 10m}]
        receivers: [{name: team, slack: {url: "${env:URL}"}}]
        route: {receiver: team}
        """;
    String[] keys = {
      "feature/income",
      "feature/country",
      "model/credit",
      "lineage/ledger",
      "monitor/drifted",
      "route/root"
    };
    prints(apply(file), List.of(keys).stream().map(k -> k + " created").toArray(String[]::new));
    String[] unchanged = List.of(keys).stream().map(k -> k + " unchanged").toArray(String[]::new);
    prints(apply(file), unchanged);
    StringBuilder documents = new StringBuilder();
    for (String kind : List.of("feature", "model", "lineage", "monitor", "route")) {
      documents.append(documents.isEmpty() ? "" : "---\n");
      documents.append(plumbline("get", kind, "--yaml").out());
    }
    Cli again = typing(documents.toString(), "apply", "-f", "-");
    assertThat(again.out().lines()).as(again.err()).containsExactlyInAnyOrder(unchanged);
    assertThat(topics.read(Topic.CONTROL)).hasSize(keys.length);
  }

  @Test
  void aWrongFileChangesNothingAndIsToldWhole() throws Exception {
    Path file = folder.resolve("c.yaml");
    fails(
        apply(
            DOCUMENTS
                + """
                ---
                kind: featur
                name: age
                spec: {type: numeric}
                ---
                kind: monitor
                name: m
                spec:
                  selekt: {metric: psi}
                  above: {P1: 1, P2: 2}
                """),
        ExitCode.BAD_INPUT,
        "plumbline: "
            + file
            + ":8: kind: expected one of feature, model, reference, lineage, monitor, route,"
            + " silence, acknowledgement, resolution, found \"featur\"; did you mean feature?",
        file + ":15: spec.selekt: unknown key; did you mean select?",
        file + ":15: spec.select: expected this key, which is missing",
        file + ":16: spec.above.P2: expected the graver the greater, found P1 at 1 and P2 at 2");
    fails(
        apply("features: [{name: a, type: numeric}]\nmodels: [{name: m, features: [b]}]\n"),
        ExitCode.BAD_INPUT,
        "plumbline: "
            + file
            + ":2: models[0].features[0]: b is not among the features; did you mean a?");
    fails(
        apply("# nothing\n"),
        ExitCode.BAD_INPUT,
        "plumbline: "
            + file
            + ": expected control documents or a plumbline.yaml, found none of either");
    fails(
        plumbline("apply", "-f", folder.resolve("none").toString()),
        ExitCode.BAD_INPUT,
        "plumbline: " + folder.resolve("none") + ": no such file");
    assertThat(apply(DOCUMENTS, "--author", " ").exit()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(topics.read(Topic.CONTROL)).isEmpty();
  }

  @Test
  void thatAnEntryOfTheFileIsReplacedIsTold() throws Exception {
    config = topics.writeConfig("at_least_once", "features: [{name: income, type: numeric}]\n");
    prints(
        apply(DOCUMENTS),
        "feature/income created, in place of the config file's whole entry",
        "silence/deploy created");
    prints(apply(DOCUMENTS), "feature/income unchanged", "silence/deploy unchanged");
  }

  @Test
  void theReadmesCommandsWork() throws Exception {
    Files.writeString(folder.resolve("change.yaml"), DocumentsIT.command("change"));
    for (String line : DocumentsIT.command("control").lines().toList()) {
      List<String> words = new ArrayList<>(List.of(line.split(" ", -1)));
      assertThat(words.remove(0)).isEqualTo("./plumbline");
      Cli run = plumbline(words.toArray(String[]::new));
      assertThat(run.exit()).as(line + ": " + run.err()).isZero();
    }
    assertThat(topics.read(Topic.CONTROL)).hasSize(2);
  }

  @Test
  void whatIsNotThereIsNamed() throws Exception {
    apply(DOCUMENTS);
    assertThat(plumbline("get", "monitr").err())
        .startsWith("plumbline: KIND: expected one of feature, model, ")
        .endsWith("found \"monitr\"; did you mean monitor?" + System.lineSeparator());
    assertThat(plumbline("delete", "monitr", "m").exit()).isEqualTo(ExitCode.BAD_INPUT);
    fails(
        plumbline("get", "feature", "incom"),
        ExitCode.FAILED,
        "plumbline: feature incom: control says nothing about it; did you mean income?");
    Files.writeString(
        config, Files.readString(config).replace("control: {name: ", "control: {name: not-"));
    Cli run = apply(DOCUMENTS);
    assertThat(run.err()).contains("does not exist; 'plumbline topics create' makes it");
    assertThat(run.exit()).isEqualTo(ExitCode.FAILED);
  }
}
