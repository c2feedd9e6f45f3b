package io.plumbline.cli.cluster;

import io.plumbline.cluster.ClusterException;
import io.plumbline.cluster.ClusterFolder;
import io.plumbline.cluster.Installation;
import io.plumbline.cluster.LocalCluster;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which cluster a command is about. */
final class ClusterOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:PLUMBLINE_DATA:-./plumbline-data}",
      description = "The folder of the cluster (./plumbline-data, or $PLUMBLINE_DATA).")
  private Path data;

  ClusterFolder folder() {
    return ClusterFolder.of(data);
  }

  Optional<LocalCluster> find() {
    return LocalCluster.find(Installation.current(), folder(), line -> {});
  }

  LocalCluster existing() {
    return find()
        .orElseThrow(
            () ->
                new ClusterException(
                    "%s: no cluster there; 'plumbline up' starts one".formatted(folder().root())));
  }
}
