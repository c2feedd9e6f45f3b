package io.plumbline.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The most memory that a process, or one that it started, has held. The kernel keeps the peak of
 * each (VmHWM), and it is looked up often: what a process takes in its last moments is missed.
 * Linux; elsewhere it is 0.
 */
public final class PeakMemory implements AutoCloseable {
  private static final long EVERY_MILLIS = 50;
  private static final String PEAK = "VmHWM:";

  private final ProcessHandle process;
  private final Thread thread = new Thread(this::watch, "peak memory");
  private volatile long kibibytes;

  private PeakMemory(ProcessHandle process) {
    this.process = process;
  }

  static PeakMemory of(Process process) {
    PeakMemory peak = new PeakMemory(process.toHandle());
    peak.thread.setDaemon(true);
    peak.thread.start();
    return peak;
  }

  double mebibytes() {
    return kibibytes / 1024.0;
  }

  private void watch() {
    try {
      while (true) {
        try (Stream<ProcessHandle> started = process.descendants()) {
          long now =
              started.mapToLong(ProcessHandle::pid).map(PeakMemory::kibibytesOf).max().orElse(0);
          kibibytes = Math.max(kibibytes, now);
        }
        Thread.sleep(EVERY_MILLIS);
      }
    } catch (InterruptedException e) {
      // The process is over.
      Thread.currentThread().interrupt();
    }
  }

  /** The most that a process has held so far; 0 if it has ended. */
  public static double mebibytesOf(long pid) {
    return kibibytesOf(pid) / 1024.0;
  }

  private static long kibibytesOf(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
      return lines
          .filter(line -> line.startsWith(PEAK))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException e) {
      // It has ended in the meantime.
      return 0;
    }
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }
}
