package io.plumbline.cluster;

import io.plumbline.events.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
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

  public Daemon broker() {
    return new Daemon("kafka", folder);
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

  /** For any client of the broker. */
  public Properties client() {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", settings.bootstrapServers());
    return properties;
  }

  public Topics topics() {
    return new Topics(client(), Topic::standardName);
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
      }
    }
    portsAreFree();
    folder.create();
    FlinkCommands flink = flink();
    KafkaCommands kafka = new KafkaCommands(installation, folder);
    try {
      configure(kafka);
    } catch (IOException e) {
      throw new UncheckedIOException(folder.conf() + ": cannot be written", e);
    }
    startIfMissing(jobManager(), flink::jobManager);
    if (!broker().isAlive()) {
      kafka.formatIfNew();
    }
    startIfMissing(broker(), kafka::broker);
    taskManagers().forEach(taskManager -> startIfMissing(taskManager, flink::taskManager));
    awaitReady();
  }

  private void startIfMissing(
      Daemon daemon, java.util.function.Function<Daemon, ProcessBuilder> command) {
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
  }

  private static void isFree(String what, int port, String option) {
    try (ServerSocket socket = new ServerSocket()) {
      // As the servers themselves do: a port in TIME_WAIT is free.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new ClusterException(
          "port %d, for %s, is taken by another process; give another by %s"
              .formatted(port, what, option),
          e);
    }
  }

  private void configure(KafkaCommands kafka) throws IOException {
    settings.write(folder.settings());
    copy(
        installation.conf().resolve("log4j.properties"), folder.conf().resolve("log4j.properties"));
    Path plugin = Files.createDirectories(folder.plugins().resolve("loopback-prometheus"));
    try (Stream<Path> jars = Files.list(installation.reporter())) {
      for (Path jar : jars.toList()) {
        copy(jar, plugin.resolve(jar.getFileName().toString()));
      }
    }
    kafka.configure(settings);
    String shared = Files.readString(installation.conf().resolve("config.yaml"));
    Files.writeString(folder.conf().resolve("config.yaml"), shared + ofThisMachine());
  }

  private static void copy(Path from, Path to) throws IOException {
    // A running process may have it open: it is never written over.
    if (!Files.exists(to) || Files.mismatch(from, to) >= 0) {
      Files.deleteIfExists(to);
      Files.copy(from, to);
    }
  }

  private String ofThisMachine() {
    return """

    # Of this machine; written by 'up'.
    jobmanager.rpc.address: 127.0.0.1
    jobmanager.rpc.port: %d
    jobmanager.bind-host: 127.0.0.1
    jobmanager.memory.process.size: 896m
    taskmanager.host: 127.0.0.1
    taskmanager.bind-host: 127.0.0.1
    taskmanager.memory.process.size: 1152m
    taskmanager.memory.jvm-metaspace.size: 160m
    taskmanager.memory.jvm-overhead.min: 128m
    taskmanager.memory.network.min: 32m
    taskmanager.numberOfTaskSlots: %d
    rest.address: 127.0.0.1
    rest.bind-address: 127.0.0.1
    rest.port: %d
    io.tmp.dirs: "%s"
    execution.checkpointing.dir: "%s"
    execution.checkpointing.savepoint-dir: "%s"
    metrics.reporter.prometheus.port: %s
    """
        .formatted(
            settings.rpcPort(),
            settings.slots(),
            settings.restPort(),
            folder.tmp(),
            folder.checkpoints().toUri(),
            folder.savepoints().toUri(),
            settings.metricsPorts());
  }

  /** Waits for the broker with its topics, and for all slots. */
  public void awaitReady() {
    try (Topics topics = topics()) {
      awaitOrExplain("the broker", List.of(broker()), topics::isReachable);
      List<String> created = topics.create(PARTITIONS);
      if (!created.isEmpty()) {
        say.accept("created topics " + String.join(", ", created));
      }
    }
    awaitOrExplain(
        "the JobManager", List.of(jobManager()), () -> rest().get("/overview").isPresent());
    awaitOrExplain(
        "the TaskManagers",
        daemons(),
        () -> rest().slots() >= settings.taskManagers() * settings.slots());
  }

  private void awaitOrExplain(
      String what, List<Daemon> needed, java.util.function.BooleanSupplier ready) {
    boolean done =
        Waiting.until(
            START,
            () -> {
              needed.stream()
                  .filter(daemon -> !daemon.isAlive())
                  .findFirst()
                  .ifPresent(
                      dead -> {
                        throw new ClusterException(
                            "%s did not start; %s".formatted(dead.name(), dead.lastWords()));
                      });
              return ready.getAsBoolean();
            });
    if (!done) {
      throw new ClusterException(
          "%s: not ready within %d s; %s"
              .formatted(what, START.toSeconds(), needed.get(needed.size() - 1).lastWords()));
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
      folder.wipe();
      say.accept(folder.root() + " deleted");
    }
  }
}
