package io.plumbline.cli.cluster;

import io.plumbline.cluster.ClusterFolder;
import io.plumbline.cluster.Installation;
import io.plumbline.cluster.LocalCluster;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline down}. */
@Command(
    name = "down",
    description = "Ends what 'up' started, and nothing else.",
    mixinStandardHelpOptions = true)
public final class DownCommand implements Callable<Integer> {
  @Mixin private ClusterOption cluster;

  @Option(
      names = "--wipe",
      description =
          "Delete what 'up' has made too: topics, state, and tables that were not there before.")
  private boolean wipe;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    ClusterFolder folder = cluster.folder();
    Optional<LocalCluster> found = LocalCluster.find(Installation.current(), folder, out::println);
    if (found.isPresent()) {
      found.get().down(wipe);
    } else {
      out.println(folder.root() + ": no cluster there");
    }
    out.flush();
    return 0;
  }
}
