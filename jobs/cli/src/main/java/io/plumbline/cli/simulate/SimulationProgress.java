package io.plumbline.cli.simulate;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Tells on stderr how the simulation goes: on a terminal in one line that is drawn over each
 * second, else in a line every ten seconds.
 */
final class SimulationProgress {
  private static final long SECOND = 1_000_000_000;

  private final PrintWriter err;
  private final boolean terminal = Boolean.getBoolean("plumbline.terminal");
  private final boolean quiet;
  private final Simulation simulation;
  private final Fault fault;
  private final Pace pace;
  private long drawnAt;
  private long predictedThen;
  private boolean drawn;
  private boolean begun;

  /**
   * @param quiet nothing but what happens once
   */
  SimulationProgress(
      PrintWriter err, boolean quiet, Simulation simulation, Fault fault, Pace pace) {
    this.err = err;
    this.quiet = quiet;
    this.simulation = simulation;
    this.fault = fault;
    this.pace = pace;
  }

  /** Draws when it is time to; what comes next is at this offset. */
  void tick(long next) {
    long elapsed = pace.elapsed();
    if (quiet || elapsed - drawnAt < (terminal ? SECOND : 10 * SECOND)) {
      return;
    }
    long behind = pace.lag(next) / SECOND;
    String line =
        String.format(
            Locale.ROOT,
            "%,.0f predictions/s; sent %s; %s%s",
            (simulation.predicted() - predictedThen) * 1e9 / (elapsed - drawnAt),
            sent(),
            state(next),
            behind > 0 ? "; %,d s behind".formatted(behind) : "");
    drawnAt = elapsed;
    predictedThen = simulation.predicted();
    if (terminal) {
      err.print("\r" + line + "\u001b[K");
      drawn = true;
    } else {
      err.println(line);
    }
    err.flush();
  }

  private String state(long offset) {
    if (fault.kind() == Fault.Kind.none) {
      return "no fault";
    }
    long left = Duration.ofNanos(fault.after().toNanos() - offset).toSeconds();
    return fault.hasBegun(offset)
        ? "fault %s since %d s".formatted(fault.kind(), -left)
        : "fault %s in %d s".formatted(fault.kind(), left);
  }

  private String sent() {
    return String.format(
        Locale.ROOT,
        "%,d predictions by %d versions, %,d labels, %,d feature records",
        simulation.predicted(),
        World.VERSIONS.size(),
        simulation.labelled(),
        simulation.updated());
  }

  void started(Instant begin) {
    say(
        "model %s (%s), %d features, from %s"
            .formatted(
                World.MODEL,
                World.VERSIONS.stream()
                    .map(version -> version.role() + " " + version.name())
                    .collect(Collectors.joining(", ")),
                World.FEATURES.size(),
                begin));
  }

  /** An event happens: if it is the first with the fault, that is told. */
  void reached(long offset, Instant begin) {
    if (!begun && fault.hasBegun(offset)) {
      begun = true;
      say(
          "fault %s at %s in %s: %s"
              .formatted(
                  fault.kind(), begin.plus(fault.after()), fault.place(), fault.kind().effect));
    }
  }

  void ended() {
    double seconds = pace.elapsed() / 1e9;
    say(
        String.format(
            Locale.ROOT,
            "sent %s in %.1f s: %,.0f predictions/s; %,d labels were still to come",
            sent(),
            seconds,
            simulation.predicted() / seconds,
            simulation.pending()));
  }

  private void say(String line) {
    if (drawn) {
      err.print("\r\u001b[K");
      drawn = false;
    }
    err.println(line);
    err.flush();
  }
}
