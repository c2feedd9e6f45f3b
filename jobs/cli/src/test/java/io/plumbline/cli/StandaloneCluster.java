package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Flink session cluster of separate processes, with Flink's jars alone on its class path: what a
 * user's cluster has. Made of the jars that the command already needs.
 */
final class StandaloneCluster implements AutoCloseable {
  private static final List<String> NOT_FLINKS =
      List.of(
          "plumbline",
          "parquet",
          "hadoop",
          "woodstox",
          "stax2",
          "picocli",
          "jackson",
          "commons-numbers",
          "commons-codec",
          "zstd",
          "aircompressor");

  private final Path folder;
  private final String classPath;
  private final int rest;
  private final List<Process> processes = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();

  private StandaloneCluster(Path folder) throws IOException {
    this.folder = folder;
    rest = freePort();
    Path lib = Files.createDirectory(folder.resolve("lib"));
    try (Stream<Path> jars = Files.list(Cli.ROOT.resolve("jobs/cli/target/lib"))) {
      for (Path jar : jars.toList()) {
        String name = jar.getFileName().toString();
        if (NOT_FLINKS.stream().noneMatch(name::startsWith)) {
          Files.createSymbolicLink(lib.resolve(name), jar);
        }
      }
    }
    classPath = lib + "/*";
    Files.createDirectory(folder.resolve("plugins"));
    Files.writeString(
        folder.resolve("config.yaml"),
        """
        jobmanager.rpc.address: 127.0.0.1
        jobmanager.rpc.port: %d
        jobmanager.bind-host: 127.0.0.1
        jobmanager.memory.process.size: 1024m
        taskmanager.host: 127.0.0.1
        taskmanager.bind-host: 127.0.0.1
        taskmanager.numberOfTaskSlots: 2
        taskmanager.memory.process.size: 1280m
        rest.address: 127.0.0.1
        rest.bind-address: 127.0.0.1
        rest.port: %d
        io.tmp.dirs: %s
        """
            .formatted(freePort(), rest, Files.createDirectory(folder.resolve("tmp"))));
  }

  static StandaloneCluster start(Path folder) throws Exception {
    StandaloneCluster cluster = new StandaloneCluster(folder);
    cluster.launch("JM", "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint");
    cluster.launch("TM", "org.apache.flink.runtime.taskexecutor.TaskManagerRunner");
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (cluster.get("/overview").path("slots-total").asInt() < 2) {
      assertThat(System.nanoTime()).as("two slots in time").isLessThan(deadline);
      Thread.sleep(200);
    }
    return cluster;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** What Flink's start scripts do: the memory flags come from Flink itself. */
  private void launch(String role, String main) throws IOException, InterruptedException {
    Process flags =
        java(
            "flags-" + role,
            List.of(),
            "org.apache.flink.runtime.util.bash.BashJavaUtils",
            "GET_" + role + "_RESOURCE_PARAMS",
            "--configDir",
            folder.toString());
    flags.waitFor();
    List<String> lines =
        Files.readAllLines(folder.resolve("flags-" + role + ".log")).stream()
            .filter(line -> line.startsWith("BASH_JAVA_UTILS_EXEC_RESULT:"))
            .map(line -> line.substring("BASH_JAVA_UTILS_EXEC_RESULT:".length()))
            .toList();
    List<String> args = new ArrayList<>(List.of("--configDir", folder.toString()));
    args.addAll(List.of(lines.get(1).trim().split(" +", -1)));
    processes.add(
        java(
            role, List.of(lines.get(0).trim().split(" +", -1)), main, args.toArray(String[]::new)));
  }

  private Process java(String log, List<String> flags, String main, String... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(flags);
    for (String opened : List.of("lang", "net", "nio", "util", "time", "util.concurrent")) {
      command.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
    }
    command.addAll(List.of("-Djava.io.tmpdir=" + folder.resolve("tmp"), "-cp", classPath, main));
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(log + ".log").toFile());
    builder.environment().put("FLINK_CONF_DIR", folder.toString());
    builder.environment().put("FLINK_LIB_DIR", folder.resolve("lib").toString());
    builder.environment().put("FLINK_PLUGINS_DIR", folder.resolve("plugins").toString());
    return builder.start();
  }

  /** {@code flink run JAR ARGS}; returns what it printed. */
  String run(Path jar, String... args) throws Exception {
    List<String> all = new ArrayList<>(List.of("run", jar.toString()));
    all.addAll(List.of(args));
    Process client =
        java(
            "client",
            List.of(),
            "org.apache.flink.client.cli.CliFrontend",
            all.toArray(String[]::new));
    assertThat(client.waitFor(3, TimeUnit.MINUTES)).isTrue();
    String printed = Files.readString(folder.resolve("client.log"));
    assertThat(client.exitValue()).as(printed).isZero();
    return printed;
  }

  /** The answer of the REST API, which is what the dashboard shows; empty while it is not up. */
  JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rest + path)).build();
    try {
      return new ObjectMapper()
          .readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      assertThat(processes).as("the cluster lives").allMatch(Process::isAlive);
      return new ObjectMapper().createObjectNode();
    }
  }

  @Override
  public void close() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly();
      process.waitFor();
    }
  }
}
