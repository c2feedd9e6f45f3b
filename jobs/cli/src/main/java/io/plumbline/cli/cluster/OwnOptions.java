package io.plumbline.cli.cluster;

import io.plumbline.drift.DriftJob;
import io.plumbline.runtime.launch.StreamingJob;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The options of a job itself, which it reads where it starts: what is wrong is told before. */
final class OwnOptions {
  static final String DRIFT = "drift";

  private OwnOptions() {}

  /**
   * @param submit the command that was typed
   * @throws ParameterException if the job would not take them
   */
  static void check(CommandLine submit, String job, List<String> options) {
    CommandLine own = job.equals(DRIFT) ? DriftJob.commandLine() : StreamingJob.commandLine(job);
    try {
      own.parseArgs(options.toArray(String[]::new));
    } catch (ParameterException e) {
      String all =
          own.getCommandSpec().options().stream()
              .filter(option -> !option.usageHelp() && !option.versionHelp())
              .map(option -> option.longestName())
              .collect(Collectors.joining(", "));
      throw new ParameterException(
          submit, "%s: %s; its options: %s".formatted(job, e.getMessage(), all), e);
    }
  }
}
