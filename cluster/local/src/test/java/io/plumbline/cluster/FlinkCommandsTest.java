package io.plumbline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where Flink's client runs is where relative paths of a job's config lead. */
class FlinkCommandsTest {
  @TempDir Path folder;

  @Test
  void theClientRunsWhereTheUserStands() throws Exception {
    ClusterFolder data = ClusterFolder.of(folder.resolve("data"));
    data.create();
    FlinkCommands jars = new FlinkFromJars(new Installation(folder), data);
    assertThat(jars.client(List.of()).directory()).isNull();

    Files.createFile(Files.createDirectories(folder.resolve("flink/bin")).resolve("flink"));
    FlinkCommands scripts = new FlinkDistribution(folder.resolve("flink"), data);
    assertThat(scripts.client(List.of()).directory()).isNull();
    assertThat(scripts.taskManager(new Daemon("taskmanager-1", data)).directory())
        .isEqualTo(data.root().toFile());
  }
}
