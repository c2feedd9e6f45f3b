package io.plumbline.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a whole process took.
 *
 * @param cpu seconds of user and system time, all threads, start included
 * @param wall seconds
 * @param peakMiB the most memory of one of its processes, see {@link PeakMemory}
 */
record TimedProcess(double cpu, double wall, double peakMiB) {

  /**
   * Runs a command to its end.
   *
   * @param folder gets what it prints, in {@code times.log}
   */
  static TimedProcess run(Path folder, String... command) throws IOException, InterruptedException {
    Path times = folder.resolve("times");
    List<String> timed = new ArrayList<>(List.of("bash", "-c"));
    timed.add("TIMEFORMAT='%U %S %R'; { time \"$@\" >> \"$0.log\" 2>&1; } 2> \"$0\"");
    timed.add(times.toString());
    timed.addAll(List.of(command));
    Process process = new ProcessBuilder(timed).inheritIO().start();
    int exit;
    double peakMiB;
    try (PeakMemory peak = PeakMemory.of(process)) {
      exit = process.waitFor();
      peakMiB = peak.mebibytes();
    }
    if (exit != 0) {
      throw new IllegalStateException(
          "exit %d of %s; see %s.log".formatted(exit, String.join(" ", command), times));
    }
    String[] seconds = Files.readString(times, StandardCharsets.UTF_8).strip().split(" ", 3);
    return new TimedProcess(
        Double.parseDouble(seconds[0]) + Double.parseDouble(seconds[1]),
        Double.parseDouble(seconds[2]),
        peakMiB);
  }
}
