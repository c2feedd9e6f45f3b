package io.plumbline.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** A process that outlives the command which started it. Its pid file makes it found again. */
public final class Daemon {
  private static final int LAST_LINES = 15;

  /**
   * By how much two readings of the same start may differ: the machine counts it from its own
   * start, and that moves when its clock is set.
   */
  private static final Duration TOLERANCE = Duration.ofSeconds(5);

  private static final String UNKNOWN = "unknown";

  private final String name;
  private final Path pidFile;
  private final Path log;
  private final Path output;

  Daemon(String name, ClusterFolder folder) {
    this.name = name;
    pidFile = folder.pids().resolve(name + ".pid");
    log = folder.logs().resolve(name + ".log");
    output = folder.logs().resolve(name + ".out");
  }

  public String name() {
    return name;
  }

  public Path log() {
    return log;
  }

  /** The process, if it is the one that we started: a pid alone may have been given anew. */
  public Optional<ProcessHandle> process() {
    try {
      if (!Files.exists(pidFile)) {
        return Optional.empty();
      }
      String[] parts = Files.readString(pidFile).trim().split(" ", 2);
      Optional<ProcessHandle> handle =
          ProcessHandle.of(Long.parseLong(parts[0])).filter(ProcessHandle::isAlive);
      return handle.filter(found -> parts.length == 2 && isStart(parts[1], found));
    } catch (IOException | NumberFormatException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static String started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse(UNKNOWN);
  }

  private static boolean isStart(String written, ProcessHandle process) {
    String found = started(process);
    if (written.equals(UNKNOWN) || found.equals(UNKNOWN)) {
      return written.equals(found);
    }
    Duration apart = Duration.between(Instant.parse(written), Instant.parse(found)).abs();
    return apart.compareTo(TOLERANCE) <= 0;
  }

  public boolean isAlive() {
    return process().isPresent();
  }

  /** Whether it was started and has not been ended by us. */
  boolean isExpected() {
    return Files.exists(pidFile);
  }

  void start(ProcessBuilder command) {
    try {
      Process process =
          command
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
              .redirectInput(new File("/dev/null"))
              .start();
      Files.writeString(pidFile, process.pid() + " " + started(process.toHandle()));
    } catch (IOException e) {
      throw new ClusterException("%s: cannot be started: %s".formatted(name, e.getMessage()), e);
    }
  }

  /** Asks it to end, and ends it if it has not within the time. */
  void stop(Duration grace) {
    process()
        .ifPresent(
            process -> {
              process.destroy();
              if (!await(process, grace)) {
                process.destroyForcibly();
                await(process, grace);
              }
            });
    forget();
  }

  /** SIGKILL, as a crash; its pid file stays. */
  public void kill() {
    process()
        .ifPresent(
            process -> {
              process.destroyForcibly();
              await(process, Duration.ofSeconds(30));
            });
  }

  private static boolean await(ProcessHandle process, Duration time) {
    try {
      process.onExit().get(time.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new CompletionException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted while a process ends", e);
    }
  }

  private void forget() {
    try {
      Files.deleteIfExists(pidFile);
    } catch (IOException e) {
      throw new ClusterException(pidFile + ": cannot be deleted", e);
    }
  }

  /**
   * Waits for a condition that this process brings about.
   *
   * @throws ClusterException with the process's last words if it ends, or takes too long
   */
  void await(String what, Duration time, BooleanSupplier condition) {
    boolean done =
        Waiting.until(
            time,
            () -> {
              if (!isAlive()) {
                throw new ClusterException("%s did not start; %s".formatted(name, lastWords()));
              }
              return condition.getAsBoolean();
            });
    if (!done) {
      throw new ClusterException(
          "%s: not ready within %d s; %s".formatted(what, time.toSeconds(), lastWords()));
    }
  }

  /** What it said last, for a message that explains why it is not there. */
  private String lastWords() {
    Path said = Files.exists(log) ? log : output;
    try {
      // Frames of a stack trace would push out what it is a trace of.
      List<String> lines =
          Files.readAllLines(said).stream()
              .filter(line -> !line.startsWith("\tat ") && !line.startsWith("\t... "))
              .toList();
      List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
      return "the end of %s:%n%s".formatted(said, String.join(System.lineSeparator(), last));
    } catch (IOException e) {
      return "it left no log";
    }
  }
}
