package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.cluster.ClusterSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the local cluster, one after the other, as a person would type them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterCommandsIT {
  private static final String POINT =
      "{\"series\":\"%s\",\"metric\":\"psi\",\"value\":%s,\"count\":10,"
          + "\"window_start\":\"2026-11-24T10:00:00Z\",\"window_end\":\"2026-11-24T11:00:00Z\","
          + "\"model\":\"credit\",\"model_version\":\"v3\",\"feature\":\"income\",\"segment\":\"\","
          + "\"job\":\"drift\",\"layer\":\"data\",\"labels\":{},\"bound\":0,\"final\":true,"
          + "\"computed_at\":\"%sT11:00:0%dZ\"}%n";

  /** Yesterday, since what is much older or newer than its record is no result. */
  private final LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(1);

  @TempDir(cleanup = CleanupMode.ALWAYS)
  static Path folder;

  private static ClusterSettings ports;
  private static Path config;

  @BeforeAll
  static void ports() throws IOException {
    ports = ClusterSettings.onFreePorts(1, 2, null, Map.of());
    config =
        Files.writeString(
            folder.resolve("plumbline.yaml"),
            """
            kafka: {properties: {bootstrap.servers: "%s"}}
            tables: {path: "%s", commit_interval: 2s}
            """
                .formatted(ports.bootstrapServers(), folder.resolve("tables")));
  }

  @AfterAll
  static void down() throws Exception {
    plumbline("down", "--wipe");
  }

  private static Cli plumbline(String... args) throws Exception {
    return typing("", args);
  }

  private static Cli typing(String input, String... args) throws Exception {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.addAll(List.of("--data", folder.resolve("data").toString()));
    return Cli.plumblineWithInput(folder, input, all.toArray(String[]::new));
  }

  private static Cli up() throws Exception {
    return plumbline(
        "up",
        "--task-managers",
        "1",
        "--slots",
        "2",
        "--rest-port",
        "" + ports.restPort(),
        "--kafka-port",
        "" + ports.kafkaPort(),
        "--metrics-port",
        "" + ports.metricsPort(),
        "-D",
        "execution.checkpointing.interval=1 s",
        "-D",
        "execution.checkpointing.min-pause=200 ms");
  }

  private String point(String series, int value, int second) {
    return POINT.formatted(series, value, day, second);
  }

  private static void succeeds(Cli run) {
    assertThat(run.exit()).as(run.out() + run.err()).isZero();
  }

  @Test
  @Order(1)
  void withoutAClusterEachCommandSaysSo() throws Exception {
    for (String command : List.of("status", "submit archive", "stop archive", "consume metrics")) {
      Cli run = plumbline(command.split(" ", -1));
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.err().lines())
          .containsExactly(
              "plumbline: %s: no cluster there; 'plumbline up' starts one"
                  .formatted(folder.resolve("data")));
    }
    succeeds(plumbline("down"));
  }

  @Test
  @Order(2)
  void aPortThatIsTakenIsNamed() throws Exception {
    upFindsTaken(ports.kafkaPort(), "for Kafka", "--kafka-port");
    upFindsTaken(ports.restPort(), "for the dashboard", "--rest-port");
    upFindsTaken(ports.metricsPort() + 1, "for metrics", "--metrics-port");
    Cli same = plumbline("up", "--rest-port", "9092", "--kafka-port", "9092");
    assertThat(same.exit()).isEqualTo(2);
    assertThat(same.err()).contains("expected ports of their own");
  }

  private static void upFindsTaken(int port, String what, String option) throws Exception {
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      Cli run = up();
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.err().lines())
          .containsExactly(
              "plumbline: port %d, %s, is taken by another process; give another by %s"
                  .formatted(taken.getLocalPort(), what, option));
    }
  }

  @Test
  @Order(3)
  void upStartsAllOfItOnLoopbackAndASecondUpNothing() throws Exception {
    succeeds(up());
    Cli again = up();
    succeeds(again);
    assertThat(again.out()).doesNotContain("starting");
    assertThat(again.err()).isEmpty();
    Cli other = plumbline("up", "--task-managers", "1", "--rest-port", "1");
    succeeds(other);
    assertThat(other.err())
        .startsWith(
            "warning: --rest-port 1 has no effect on a cluster that runs, which has "
                + ports.restPort());
    Cli status = plumbline("status");
    succeeds(status);
    assertThat(status.out()).contains("kafka", "jobmanager", "taskmanager-1", "plumbline.control");
    assertThat(listening()).isNotEmpty().allMatch(address -> address.startsWith("127.0.0.1:"));
  }

  /** What the cluster's processes listen on. */
  private static List<String> listening() throws Exception {
    List<String> pids = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve("data/pids"))) {
      for (Path file : files.toList()) {
        pids.add(Files.readString(file).split(" ", 2)[0]);
      }
    }
    List<String> addresses = new ArrayList<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String pid : pids) {
        List<String> inodes = inodes(Path.of("/proc", pid, "fd"));
        for (String line : Files.readAllLines(Path.of("/proc", pid, "net", table))) {
          String[] fields = line.trim().split("\\s+", -1);
          if (fields.length > 9 && fields[3].equals("0A") && inodes.contains(fields[9])) {
            addresses.add(address(fields[1]));
          }
        }
      }
    }
    return addresses;
  }

  private static List<String> inodes(Path descriptors) throws IOException {
    List<String> inodes = new ArrayList<>();
    try (Stream<Path> all = Files.list(descriptors)) {
      for (Path descriptor : all.toList()) {
        if (Files.isSymbolicLink(descriptor)) {
          Matcher socket =
              Pattern.compile("socket:\\[(\\d+)]")
                  .matcher(Files.readSymbolicLink(descriptor).toString());
          if (socket.matches()) {
            inodes.add(socket.group(1));
          }
        }
      }
    }
    return inodes;
  }

  /**
   * The kernel writes addresses in hexadecimal; loopback is 0100007F, alone or mapped into IPv6.
   */
  private static String address(String kernel) {
    String[] parts = kernel.split(":", 2);
    boolean loopback =
        parts[0].equals("0100007F")
            || parts[0].equals("0000000000000000FFFF00000100007F")
            || parts[0].equals("00000000000000000000000001000000");
    return (loopback ? "127.0.0.1" : parts[0]) + ":" + Integer.parseInt(parts[1], 16);
  }

  @Test
  @Order(4)
  void whatIsProducedIsConsumed() throws Exception {
    String lines = point("a", 1, 1) + point("a", 2, 2) + "nonsense\n";
    Cli produced = typing(lines, "produce", "metrics");
    succeeds(produced);
    assertThat(produced.out()).isEqualTo("3 records on plumbline.metrics%n".formatted());
    Cli all = plumbline("consume", "plumbline.metrics", "--from-start", "--count", "3");
    succeeds(all);
    assertThat(all.out().lines()).containsExactlyInAnyOrderElementsOf(lines.lines().toList());
    Cli latest = plumbline("consume", "metrics", "--latest-only");
    succeeds(latest);
    assertThat(latest.out().lines())
        .containsExactlyInAnyOrder(point("a", 2, 2).strip(), "nonsense");
    Cli none = plumbline("consume", "alerts", "--count", "1", "--timeout", "500ms");
    assertThat(none.exit()).isEqualTo(1);
    Cli unknown = plumbline("consume", "nowhere", "--timeout", "1s");
    assertThat(unknown.exit()).isEqualTo(1);
    assertThat(unknown.err()).contains("topic nowhere does not exist");
  }

  @Test
  @Order(5)
  void archiveWritesTheTablesAndWhatItCannotReadGoesToTheDeadLetters() throws Exception {
    Cli wrong = plumbline("submit", "archiv");
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err())
        .contains("archiv: expected one of archive, drift, feature-health, online-metrics");
    Cli nowhere = plumbline("submit", "archive", "--from", folder.toString());
    assertThat(nowhere.exit()).isEqualTo(2);
    assertThat(nowhere.err()).contains("which holds _metadata");
    Cli option = plumbline("submit", "archive", "--paralelism", "2");
    assertThat(option.exit()).isEqualTo(2);
    assertThat(option.err())
        .startsWith("plumbline: archive: Unknown option")
        .contains("--paralelism", "; its options: --config, --bootstrap-servers, ")
        .doesNotContain("picocli");
    Path nobody =
        Files.writeString(
            folder.resolve("nobody.yaml"),
            "kafka: {properties: {bootstrap.servers: \"127.0.0.1:1\", default.api.timeout.ms: 2000}}\n");
    Cli unreachable = plumbline("submit", "feature-health", "--config", nobody.toString());
    assertThat(unreachable.exit()).isEqualTo(1);
    assertThat(unreachable.err())
        .contains("feature-health was not accepted", "topic plumbline.control at 127.0.0.1:1: ");
    Path broken = Files.writeString(folder.resolve("broken.yaml"), "tables: {paht: x}\n");
    Cli refused = plumbline("submit", "archive", "--config", broken.toString());
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err())
        .contains("broken.yaml:1: tables.paht: unknown key; did you mean path?");

    Cli submitted = plumbline("submit", "archive", "--config", config.toString());
    succeeds(submitted);
    assertThat(submitted.out().lines())
        .contains("without state: plumbline.metrics from earliest offsets 0 (partitions 0-3)")
        // None of its records is in a window.
        .noneMatch(line -> line.contains("emitted"));
    Cli twice = plumbline("submit", "archive", "--config", config.toString());
    assertThat(twice.exit()).isEqualTo(1);
    assertThat(twice.err()).contains("archive is running already");
    awaitFiles(1);
    Cli letters =
        plumbline("consume", "dead-letters", "--from-start", "--count", "1", "--timeout", "20s");
    succeeds(letters);
    JsonNode letter = new ObjectMapper().readTree(letters.out());
    assertThat(letter.path("topic").asText()).isEqualTo("plumbline.metrics");
    assertThat(letter.path("reason").asText()).startsWith("not JSON");
    assertThat(letter.path("bytes").binaryValue()).asString().isEqualTo("nonsense");
    // Flink tells the broker how far the job has read some checkpoints later.
    Cli status = plumbline("status");
    for (int tries = 0; tries < 30 && !status.out().contains("by plumbline-archive"); tries++) {
      status = plumbline("status");
    }
    assertThat(status.out()).containsPattern("plumbline archive +RUNNING");
    assertThat(status.out()).contains("0 by plumbline-archive");
  }

  private static void awaitFiles(int count) throws Exception {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (files() < count) {
      assertThat(System.nanoTime()).as("files in time").isLessThan(deadline);
      Thread.sleep(200);
    }
  }

  private static long files() throws IOException {
    Path table = folder.resolve("tables/metric_points");
    if (!Files.exists(table)) {
      return 0;
    }
    try (Stream<Path> all = Files.walk(table)) {
      return all.filter(f -> f.getFileName().toString().matches("[^.].*\\.parquet")).count();
    }
  }

  @Test
  @Order(6)
  void aJobStopsWithASavepointAndGoesOnFromIt() throws Exception {
    Cli savepoint = plumbline("savepoint", "archive");
    succeeds(savepoint);
    assertThat(savepoint.out()).startsWith("file:").contains("/savepoints/archive/savepoint-");
    Cli stop = plumbline("stop", "archive");
    succeeds(stop);
    assertThat(plumbline("stop", "archive").err()).contains("archive is not running");
    succeeds(typing(point("b", 1, 3), "produce", "metrics"));
    Cli resumed = plumbline("submit", "archive", "--from", "latest", "--config", config.toString());
    succeeds(resumed);
    String savepointId = stop.out().strip().replaceFirst(".*/", "");
    assertThat(resumed.out())
        .containsPattern("restored from file:.*/" + savepointId)
        .doesNotContain("without state");
    awaitFiles(2);
  }

  @Test
  @Order(7)
  void theNightlyRunPublishesWhatItWrote() throws Exception {
    List<String> run =
        new ArrayList<>(List.of("drift", "--publish", "--output", folder + "/nightly"));
    run.addAll(List.of("--reference", Cli.ROOT + "/samples/flights/current_february.parquet"));
    run.addAll(List.of("--current", Cli.ROOT + "/samples/flights/current_february.parquet"));
    Path nowhere =
        Files.writeString(
            folder.resolve("nowhere.yaml"),
            "kafka: {properties: {bootstrap.servers: \"127.0.0.1:1\", max.block.ms: 2000}}\n");
    List<String> toNowhere = new ArrayList<>(run);
    toNowhere.addAll(List.of("--config", nowhere.toString()));
    Cli failed = Cli.plumbline(folder, toNowhere.toArray(String[]::new));
    assertThat(failed.exit()).isEqualTo(1);
    assertThat(failed.err()).contains("the tables are written, but the topics at 127.0.0.1:1");

    run.addAll(List.of("--config", config.toString()));
    succeeds(Cli.plumbline(folder, run.toArray(String[]::new)));
    List<String> onCluster = new ArrayList<>(List.of("submit", "drift"));
    onCluster.addAll(run.subList(1, run.size()));
    Cli submitted = plumbline(onCluster.toArray(String[]::new));
    succeeds(submitted);
    // A batch job makes no checkpoints.
    Cli status = plumbline("status");
    succeeds(status);
    assertThat(status.out()).containsPattern("plumbline drift.* none");
    Cli published = plumbline("consume", "drift", "--latest-only");
    assertThat(published.out().lines())
        .hasSize(8)
        .allMatch(line -> line.contains("\"job\":\"drift_nightly\""));
    Cli points = plumbline("consume", "metrics", "--latest-only");
    assertThat(points.out().lines().filter(line -> line.contains("drift_nightly")))
        .hasSizeGreaterThan(40);
  }

  @Test
  @Order(8)
  void aDeadProcessIsSeenAndStartedAgain() throws Exception {
    Path pid = folder.resolve("data/pids/taskmanager-1.pid");
    long number = Long.parseLong(Files.readString(pid).split(" ", 2)[0]);
    ProcessHandle.of(number).orElseThrow().destroyForcibly();
    ProcessHandle.of(number).ifPresent(process -> process.onExit().join());
    Cli status = plumbline("status");
    assertThat(status.exit()).isEqualTo(1);
    assertThat(status.out()).containsPattern("taskmanager-1 +missing");
    Cli again = up();
    succeeds(again);
    assertThat(again.out())
        .contains("taskmanager-1 is gone without 'down'", "starting taskmanager-1");
    // A pid that another process has now: not ours, so it is neither taken for it nor ended.
    String ours = Files.readString(pid);
    Files.writeString(pid, ProcessHandle.current().pid() + " 2000-01-01T00:00:00Z");
    assertThat(plumbline("status").out()).containsPattern("taskmanager-1 +missing");
    Files.writeString(pid, "what no process has written");
    assertThat(plumbline("status").out()).containsPattern("taskmanager-1 +missing");
    Files.writeString(pid, ours);
    assertThat(plumbline("status").out()).containsPattern("taskmanager-1 +running");
  }

  @Test
  @Order(9)
  void aJobIsCancelled() throws Exception {
    Cli cancelled = plumbline("cancel", "archive");
    succeeds(cancelled);
    assertThat(cancelled.out()).contains("submit archive --from latest");
    Cli fresh = plumbline("submit", "archive", "--config", config.toString());
    succeeds(fresh);
    assertThat(fresh.err())
        .startsWith("warning: archive starts without state, though file:")
        .endsWith("has some; '--from latest' goes on from it\n");
    assertThat(fresh.out())
        .containsPattern("without state: plumbline.metrics from committed offsets \\d+ to \\d+ ");
  }

  @Test
  @Order(10)
  void downEndsAllAndWipeDeletesTheFolder() throws Exception {
    // A process that died before, whose pid another one has now: ours at least must survive it.
    Path pid = folder.resolve("data/pids/taskmanager-1.pid");
    long number = Long.parseLong(Files.readString(pid).split(" ", 2)[0]);
    ProcessHandle.of(number).orElseThrow().destroyForcibly();
    ProcessHandle.of(number).ifPresent(process -> process.onExit().join());
    Files.writeString(pid, ProcessHandle.current().pid() + " 2000-01-01T00:00:00Z");
    Cli down = plumbline("down");
    succeeds(down);
    assertThat(down.out().lines())
        .containsExactly("jobmanager ended", "taskmanager-1 was not running", "kafka ended");
    assertThat(folder.resolve("data/kafka")).exists();
    assertThat(plumbline("status").out()).containsPattern("kafka +missing");
    Cli again = plumbline("down", "--wipe");
    succeeds(again);
    assertThat(again.out().lines())
        .containsExactly(
            "jobmanager was not running",
            "taskmanager-1 was not running",
            "kafka was not running",
            folder.resolve("data") + " deleted");
    assertThat(folder.resolve("data")).doesNotExist();
  }
}
