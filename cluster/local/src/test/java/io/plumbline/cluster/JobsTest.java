package io.plumbline.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of jobs from a JobManager that answers, and from one that does not. */
class JobsTest {
  private static final String ID = "0123456789abcdef0123456789abcdef";
  private static final String OVERVIEW =
      """
      {"jobs":[{"jid":"%s","name":"plumbline archive","state":"RUNNING","start-time":1,"tasks":{}}]}
      """
          .formatted(ID);

  @TempDir Path folder;
  private HttpServer flink;
  private Jobs jobs;

  @BeforeEach
  void cluster() throws Exception {
    flink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    flink.start();
    ClusterFolder data = ClusterFolder.of(folder);
    data.create();
    int port = flink.getAddress().getPort();
    ClusterSettings.of(1, 1, port, 1, 1, null, Map.of()).write(data.settings());
    Installation nowhere = new Installation(folder);
    jobs = new Jobs(LocalCluster.find(nowhere, data, line -> {}).orElseThrow());
  }

  @Test
  void theReasonIsWhatWeSayOurselvesElseWhatIsLast() {
    String trace =
        """
        The program finished with the following exception:
        org.apache.flink.client.program.ProgramInvocationException: The main method caused an error
        \tat org.apache.flink.Client.main(Client.java:1)
        Caused by: java.lang.RuntimeException: outer
        %sCaused by: org.apache.kafka.common.errors.TimeoutException: Timeout expired
        """;
    assertThat(
            Jobs.reason(
                trace.formatted(
                    "Caused by: io.plumbline.runtime.control.ControlUnavailable: topic c at h:1: Timeout expired\n")))
        .isEqualTo("topic c at h:1: Timeout expired");
    assertThat(Jobs.reason(trace.formatted("")))
        .isEqualTo("org.apache.kafka.common.errors.TimeoutException: Timeout expired");
    assertThat(Jobs.reason(" no trace\n")).isEqualTo("no trace");
  }

  @AfterEach
  void end() {
    flink.stop(0);
  }

  private void answers(int status, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    flink.createContext(
        "/jobs/overview",
        exchange -> {
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  @Test
  void noAnswerDoesNotMeanNoJob() {
    answers(503, "not yet");
    assertThatThrownBy(() -> jobs.live("archive"))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("no JobManager answers there");
    flink.stop(0);
    assertThatThrownBy(() -> jobs.submit("archive", Path.of("a.jar"), Optional.empty(), List.of()))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("no JobManager answers there");
    assertThat(jobs.latest("archive")).isEmpty();
  }

  @Test
  void theStateOfAJobWhoseSubmissionWasBrokenOffIsFound() throws Exception {
    Path checkpoint = Files.createDirectories(folder.resolve("checkpoints/" + ID + "/chk-7"));
    Files.createFile(checkpoint.resolve("_metadata"));
    answers(200, OVERVIEW);
    assertThat(jobs.live("archive")).map(FlinkRest.Job::id).contains(ID);
    assertThat(jobs.live("alerts")).isEmpty();
    flink.stop(0);
    assertThat(jobs.latest("archive")).contains(checkpoint.toUri().toString());
    assertThat(Files.readAllLines(folder.resolve("jobs/archive"))).containsExactly(ID);
  }
}
