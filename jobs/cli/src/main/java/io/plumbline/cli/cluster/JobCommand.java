package io.plumbline.cli.cluster;

import io.plumbline.cluster.Jobs;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command about a job that runs. */
public abstract class JobCommand implements Callable<Integer> {
  @Parameters(paramLabel = "JOB")
  private String job;

  @Mixin private ClusterOption cluster;

  @Spec private CommandSpec spec;

  /** Returns what to tell. */
  abstract String run(Jobs jobs, String job);

  @Override
  public Integer call() {
    String done = run(new Jobs(cluster.existing()), job);
    PrintWriter out = spec.commandLine().getOut();
    out.println(done);
    out.flush();
    return 0;
  }

  /** {@code plumbline savepoint}. */
  @Command(
      name = "savepoint",
      description = "Writes a savepoint of a job, which goes on, and prints its place.",
      mixinStandardHelpOptions = true)
  public static final class Savepoint extends JobCommand {
    @Override
    String run(Jobs jobs, String job) {
      return jobs.savepoint(job);
    }
  }

  /** {@code plumbline stop}. */
  @Command(
      name = "stop",
      description = "Ends a job with a savepoint and prints its place.",
      mixinStandardHelpOptions = true)
  public static final class Stop extends JobCommand {
    @Override
    String run(Jobs jobs, String job) {
      return jobs.stop(job);
    }
  }

  /** {@code plumbline cancel}. */
  @Command(
      name = "cancel",
      description = "Ends a job as it stands; its last checkpoint stays.",
      mixinStandardHelpOptions = true)
  public static final class Cancel extends JobCommand {
    @Override
    String run(Jobs jobs, String job) {
      jobs.cancel(job);
      return job
          + " is cancelled; 'submit %s --from latest' goes on from its last checkpoint"
              .formatted(job);
    }
  }
}
