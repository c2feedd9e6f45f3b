package io.plumbline.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The REST interface of a JobManager, which its dashboard uses too. */
public final class FlinkRest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JOBS = "/jobs/overview";

  /** One for all: each has threads of its own. */
  private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  private final URI base;

  public FlinkRest(int port) {
    base = URI.create("http://127.0.0.1:" + port);
  }

  public URI dashboard() {
    return base;
  }

  /** A job that the JobManager knows. */
  public record Job(String id, String name, String state, Instant started, int tasks, int running) {
    /** Whether it has not ended. */
    public boolean isLive() {
      return !List.of("FINISHED", "CANCELED", "FAILED").contains(state);
    }

    public boolean isWhollyRunning() {
      return state.equals("RUNNING") && tasks > 0 && running == tasks;
    }
  }

  /**
   * @param completed when the last task had written its part
   * @param place where it lies, a URI
   */
  public record Checkpoint(long id, Instant completed, String place) {}

  /** Empty while nobody answers. */
  public Optional<JsonNode> get(String path) {
    try {
      return Optional.of(send(HttpRequest.newBuilder(base.resolve(path)).GET()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException {
    try {
      HttpResponse<String> response =
          HTTP.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
      if (response.statusCode() == 503) {
        // It is up, and not yet the leader of itself.
        throw new IOException("not yet");
      }
      if (response.statusCode() >= 400) {
        String message =
            "Flink answered %d: %s".formatted(response.statusCode(), firstError(response.body()));
        throw response.statusCode() == 404 ? new NotThere(message) : new ClusterException(message);
      }
      return response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted", e);
    }
  }

  /** What was asked for is not there. */
  private static final class NotThere extends ClusterException {
    private static final long serialVersionUID = 1;

    NotThere(String message) {
      super(message);
    }
  }

  private static String firstError(String body) {
    try {
      JsonNode errors = JSON.readTree(body).path("errors");
      String text = errors.isEmpty() ? body : errors.get(errors.size() - 1).asText();
      return text.lines().findFirst().orElse("");
    } catch (IOException e) {
      return body;
    }
  }

  public int slots() {
    return get("/overview").map(found -> found.path("slots-total").asInt()).orElse(0);
  }

  public int taskManagers() {
    return get("/overview").map(found -> found.path("taskmanagers").asInt()).orElse(0);
  }

  /** All jobs that the JobManager knows; none while nobody answers. */
  public List<Job> jobs() {
    return get(JOBS).map(FlinkRest::jobs).orElse(List.of());
  }

  private static List<Job> jobs(JsonNode overview) {
    List<Job> jobs = new ArrayList<>();
    for (JsonNode job : overview.path("jobs")) {
      jobs.add(
          new Job(
              job.path("jid").asText(),
              job.path("name").asText(),
              job.path("state").asText(),
              Instant.ofEpochMilli(job.path("start-time").asLong()),
              job.path("tasks").path("total").asInt(),
              job.path("tasks").path("running").asInt()));
    }
    return jobs;
  }

  /**
   * The jobs of a name, those that have ended too.
   *
   * @throws ClusterException if nobody answers, since that does not mean that there are none
   */
  List<Job> jobs(String name) {
    return jobs(call(HttpRequest.newBuilder(base.resolve(JOBS)).GET())).stream()
        .filter(job -> job.name().equals(name))
        .toList();
  }

  /** Empty too if the job makes none, as no batch job does. */
  public Optional<Checkpoint> lastCheckpoint(String jobId) {
    return checkpoints(jobId)
        .map(found -> found.path("latest").path("completed"))
        .filter(completed -> completed.has("id"))
        .map(
            completed ->
                new Checkpoint(
                    completed.path("id").asLong(),
                    Instant.ofEpochMilli(completed.path("latest_ack_timestamp").asLong()),
                    completed.path("external_path").asText()));
  }

  /** Checkpoints that this run of the job has completed. */
  public int completedCheckpoints(String jobId) {
    return checkpoints(jobId)
        .map(found -> found.path("counts").path("completed").asInt())
        .orElse(0);
  }

  private Optional<JsonNode> checkpoints(String jobId) {
    try {
      return get("/jobs/" + jobId + "/checkpoints");
    } catch (NotThere e) {
      return Optional.empty();
    }
  }

  public void cancel(String jobId) {
    call(
        HttpRequest.newBuilder(base.resolve("/jobs/" + jobId + "?mode=cancel"))
            .method("PATCH", BodyPublishers.noBody()));
  }

  /** Writes a savepoint and returns its place. */
  public String savepoint(String jobId, URI folder) {
    return trigger(
        jobId, "savepoints", "{\"target-directory\":\"%s\",\"cancel-job\":false}", folder);
  }

  /** Writes a savepoint, commits what is open, ends the job, and returns the savepoint's place. */
  public String stop(String jobId, URI folder) {
    return trigger(jobId, "stop", "{\"targetDirectory\":\"%s\",\"drain\":false}", folder);
  }

  private String trigger(String jobId, String verb, String body, URI folder) {
    JsonNode accepted =
        call(
            HttpRequest.newBuilder(base.resolve("/jobs/%s/%s".formatted(jobId, verb)))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.formatted(folder))));
    String status = "/jobs/%s/savepoints/%s".formatted(jobId, accepted.path("request-id").asText());
    while (true) {
      JsonNode answer = call(HttpRequest.newBuilder(base.resolve(status)).GET());
      if (answer.path("status").path("id").asText().equals("COMPLETED")) {
        JsonNode operation = answer.path("operation");
        if (operation.has("failure-cause")) {
          String trace = operation.path("failure-cause").path("stack-trace").asText();
          throw new ClusterException("no savepoint: " + trace.lines().findFirst().orElse(""));
        }
        return operation.path("location").asText();
      }
      Waiting.pause(Duration.ofMillis(200));
    }
  }

  private JsonNode call(HttpRequest.Builder request) {
    try {
      return send(request);
    } catch (IOException e) {
      throw new ClusterException(base + ": no JobManager answers there", e);
    }
  }
}
