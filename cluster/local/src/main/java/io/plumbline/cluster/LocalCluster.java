package io.plumbline.cluster;

import io.plumbline.events.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A Kafka broker, a JobManager and TaskManagers as processes of this machine, on loopback only. It
 * is found again by its folder, so the one who ends it need not be the one who started it.
 */
public final class LocalCluster {
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration STOP = Duration.ofSeconds(15);
  public static final int PARTITIONS = 4;

  private final Installation installation;
  private final ClusterFolder folder;
  private final ClusterSettings settings;
  private final Consumer<String> say;

  private LocalCluster(
      Installation installation,
      ClusterFolder folder,
      ClusterSettings settings,
      Consumer<String> say) {
    this.installation = installation;
    this.folder = folder;
    this.settings = settings;
    this.say = say;
  }

  /**
   * Starts what is missing and waits until all of it is ready.
   *
   * @param wanted what a new cluster is like; one that runs keeps its own settings, and may only
   *     get more TaskManagers
   * @param say told of each step
   */
  public static LocalCluster up(
      Installation installation,
      ClusterFolder folder,
      ClusterSettings wanted,
      Consumer<String> say) {
    Optional<LocalCluster> before = find(installation, folder, say);
    boolean runs = before.isPresent() && before.get().anyAlive();
    ClusterSettings settings = runs ? grown(before.get().settings, wanted) : wanted;
    LocalCluster cluster = new LocalCluster(installation, folder, settings, say);
    cluster.start();
    return cluster;
  }

  private static ClusterSettings grown(ClusterSettings now, ClusterSettings wanted) {
    return now.withTaskManagers(Math.max(now.taskManagers(), wanted.taskManagers()));
  }

  /** The cluster of this folder, whether or not it still lives. */
  public static Optional<LocalCluster> find(
      Installation installation, ClusterFolder folder, Consumer<String> say) {
    return ClusterSettings.read(folder.settings())
        .map(settings -> new LocalCluster(installation, folder, settings, say));
  }

  public ClusterFolder folder() {
    return folder;
  }

  public ClusterSettings settings() {
    return settings;
  }

  public FlinkRest rest() {
    return new FlinkRest(settings.restPort());
  }

  public LocalBroker kafka() {
    return new LocalBroker(installation, folder, settings.kafkaPort(), settings.controllerPort());
  }

  public Daemon broker() {
    return kafka().daemon();
  }

  public Daemon jobManager() {
    return new Daemon("jobmanager", folder);
  }

  public List<Daemon> taskManagers() {
    return IntStream.rangeClosed(1, settings.taskManagers())
        .mapToObj(number -> new Daemon("taskmanager-" + number, folder))
        .toList();
  }

  public List<Daemon> daemons() {
    List<Daemon> all = new ArrayList<>(List.of(broker(), jobManager()));
    all.addAll(taskManagers());
    return all;
  }

  boolean anyAlive() {
    return daemons().stream().anyMatch(Daemon::isAlive);
  }

  public Topics topics() {
    return new Topics(kafka().client(), Topic::standardName);
  }

  FlinkCommands flink() {
    return settings.flinkHome() == null
        ? new FlinkFromJars(installation, folder)
        : new FlinkDistribution(Path.of(settings.flinkHome()), folder);
  }

  private void start() {
    for (Daemon daemon : daemons()) {
      if (!daemon.isAlive() && daemon.isExpected()) {
        say.accept(daemon.name() + " is gone without 'down': it is started again");
        if (daemon.name().equals(jobManager().name())) {
          say.accept("its jobs are gone with it: 'submit JOB --from latest' goes on with each");
        }
      }
    }
    portsAreFree();
    folder.create();
    try {
      configure();
    } catch (IOException e) {
      throw new ClusterException(folder.conf() + ": cannot be written: " + e, e);
    }
    // Each side starts a process that prepares the next one: beside each other, no core waits.
    CompletableFuture<Void> broker = CompletableFuture.runAsync(this::startBrokerIfMissing);
    FlinkCommands flink = flink();
    startIfMissing(jobManager(), flink::jobManager);
    taskManagers().forEach(taskManager -> startIfMissing(taskManager, flink::taskManager));
    await(broker);
    awaitReady();
  }

  private static void await(CompletableFuture<Void> started) {
    try {
      started.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void startBrokerIfMissing() {
    if (!broker().isAlive()) {
      say.accept("starting kafka");
      kafka().start();
    }
  }

  private void startIfMissing(Daemon daemon, Function<Daemon, ProcessBuilder> command) {
    if (!daemon.isAlive()) {
      daemon.start(command.apply(daemon));
      say.accept("starting " + daemon.name());
    }
  }

  private void portsAreFree() {
    if (!broker().isAlive()) {
      isFree("Kafka", settings.kafkaPort(), "--kafka-port");
    }
    if (!jobManager().isAlive()) {
      isFree("the dashboard", settings.restPort(), "--rest-port");
    }
    if (!anyAlive()) {
      // Later a process may come back on another port of the range; now they are as 'up' says.
      for (int i = 0; i <= settings.taskManagers(); i++) {
        isFree("metrics", settings.metricsPort() + i, "--metrics-port");
      }
    }
  }

  private static void isFree(String what, int port, String option) {
    if (!ClusterSettings.isFree(port)) {
      throw new ClusterException(
          "port %d, for %s, is taken by another process; give another by %s"
              .formatted(port, what, option));
    }
  }

  private void configure() throws IOException {
    settings.write(folder.settings());
    copy(
        installation.conf().resolve("log4j.properties"), folder.conf().resolve("log4j.properties"));
    Path plugin = Files.createDirectories(folder.plugins().resolve("loopback-prometheus"));
    try (Stream<Path> jars = Files.list(installation.reporter())) {
      for (Path jar : jars.toList()) {
        copy(jar, plugin.resolve(jar.getFileName().toString()));
      }
    }
    String shared = Files.readString(installation.conf().resolve("config.yaml"));
    Files.writeString(folder.conf().resolve("config.yaml"), merged(shared));
    flink().configure();
  }

  private static void copy(Path from, Path to) throws IOException {
    // A running process may have it open: it is never written over.
    if (!Files.exists(to) || Files.mismatch(from, to) >= 0) {
      Files.deleteIfExists(to);
      Files.copy(from, to);
    }
  }

  /** A key of the shared file that is given for this machine stands once, as given. */
  private String merged(String shared) {
    Map<String, String> own = new TreeMap<>(ofThisMachine());
    own.putAll(settings.flink());
    StringBuilder text = new StringBuilder();
    shared
        .lines()
        .filter(line -> !own.containsKey(line.split(":", 2)[0]))
        .forEach(line -> text.append(line).append('\n'));
    text.append("\n# Of this machine; written by 'up'.\n");
    own.forEach((key, value) -> text.append(key).append(": ").append(value).append('\n'));
    return text.toString();
  }

  private Map<String, String> ofThisMachine() {
    return Map.ofEntries(
        Map.entry("jobmanager.rpc.address", "127.0.0.1"),
        Map.entry("jobmanager.rpc.port", "" + settings.rpcPort()),
        Map.entry("jobmanager.bind-host", "127.0.0.1"),
        Map.entry("jobmanager.memory.process.size", "896m"),
        Map.entry("taskmanager.host", "127.0.0.1"),
        Map.entry("taskmanager.bind-host", "127.0.0.1"),
        Map.entry("taskmanager.memory.process.size", "1152m"),
        Map.entry("taskmanager.memory.jvm-metaspace.size", "160m"),
        Map.entry("taskmanager.memory.jvm-overhead.min", "128m"),
        Map.entry("taskmanager.memory.network.min", "32m"),
        Map.entry("taskmanager.numberOfTaskSlots", "" + settings.slots()),
        Map.entry("rest.address", "127.0.0.1"),
        Map.entry("rest.bind-address", "127.0.0.1"),
        Map.entry("rest.port", "" + settings.restPort()),
        Map.entry("io.tmp.dirs", quoted(folder.tmp().toString())),
        Map.entry("execution.checkpointing.dir", quoted(folder.checkpoints().toUri().toString())),
        Map.entry(
            "execution.checkpointing.savepoint-dir",
            quoted(folder.savepoints().toUri().toString())),
        Map.entry("metrics.reporter.prometheus.port", settings.metricsPorts()));
  }

  private static String quoted(String path) {
    return "\"" + path.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** Waits for the broker with its topics, and for all slots. */
  public void awaitReady() {
    kafka().awaitReady();
    try (Topics topics = topics()) {
      List<String> created = topics.create(PARTITIONS);
      if (!created.isEmpty()) {
        say.accept("created topics " + String.join(", ", created));
      }
    }
    jobManager().await("the JobManager", START, () -> rest().get("/overview").isPresent());
    for (Daemon taskManager : taskManagers()) {
      int slots = settings.taskManagers() * settings.slots();
      taskManager.await("the TaskManagers", START, () -> rest().slots() >= slots);
    }
  }

  /** Ends what {@code up} started, and nothing else. */
  public void down(boolean wipe) {
    for (Daemon daemon : List.copyOf(daemons())) {
      boolean alive = daemon.isAlive();
      if (!daemon.name().equals("kafka")) {
        daemon.stop(STOP);
        say.accept(daemon.name() + (alive ? " ended" : " was not running"));
      }
    }
    // The last one, so that the jobs do not fail for want of a broker while they end.
    boolean alive = broker().isAlive();
    broker().stop(STOP);
    say.accept("kafka" + (alive ? " ended" : " was not running"));
    if (wipe) {
      List<Path> left = folder.wipe();
      say.accept(
          left.isEmpty()
              ? folder.root() + " deleted"
              : "%s stays, as 'up' has not made %s"
                  .formatted(
                      folder.root(),
                      left.stream()
                          .map(file -> file.getFileName().toString())
                          .collect(Collectors.joining(", "))));
    }
  }
}
