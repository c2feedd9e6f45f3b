package io.plumbline.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.core.execution.JobClient;

/**
 * Tells on stderr how much has been read: on a terminal in one line that is drawn over, else in a
 * line every ten seconds.
 */
final class Progress implements AutoCloseable {
  private static final long ON_A_TERMINAL_MILLIS = 500;
  private static final long IN_A_LOG_MILLIS = 10_000;

  private final JobClient job;
  private final long allRows;
  private final boolean terminal = Boolean.getBoolean("plumbline.terminal");
  private final PrintStream err = System.err;
  private final Thread thread = new Thread(this::run, "progress");
  private boolean drawn;

  private Progress(JobClient job, long allRows) {
    this.job = job;
    this.allRows = allRows;
  }

  static Progress of(JobClient job, long allRows) {
    Progress progress = new Progress(job, allRows);
    progress.thread.setDaemon(true);
    progress.thread.start();
    return progress;
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(terminal ? ON_A_TERMINAL_MILLIS : IN_A_LOG_MILLIS);
        draw();
      }
    } catch (InterruptedException e) {
      // The run is over.
      Thread.currentThread().interrupt();
    }
  }

  private void draw() throws InterruptedException {
    Map<String, Object> read;
    try {
      read = job.getAccumulators().get(1, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Not started yet, or gone already: the next time will tell, and failures are told elsewhere.
      return;
    }
    long rows = number(read.get("rows read"));
    long bytes = number(read.get("bytes read"));
    String line =
        String.format(
            Locale.ROOT,
            "read %,d of %,d rows (%.0f %%), %,.1f MB",
            rows,
            allRows,
            allRows == 0 ? 100.0 : 100.0 * rows / allRows,
            bytes / 1e6);
    err.print(terminal ? "\r" + line + "\u001b[K" : line + System.lineSeparator());
    err.flush();
    drawn = true;
  }

  private static long number(Object accumulator) {
    return accumulator instanceof Number value ? value.longValue() : 0;
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (drawn && terminal) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }
}
