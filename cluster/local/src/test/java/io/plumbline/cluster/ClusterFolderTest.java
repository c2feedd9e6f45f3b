package io.plumbline.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterFolderTest {
  @TempDir Path project;

  @Test
  void whatUpHasNotMadeIsNotDeleted() throws Exception {
    Path code = Files.writeString(project.resolve("code.py"), "print(1)");
    ClusterFolder folder = ClusterFolder.of(project);
    folder.create();
    Files.writeString(folder.logs().resolve("kafka.log"), "INFO");
    assertThat(folder.wipe()).containsExactly(code);
    assertThat(project.toFile().list()).containsExactly("code.py");
  }

  @Test
  void aFolderOfOurOwnIsDeletedWhole() {
    ClusterFolder folder = ClusterFolder.of(project.resolve("data"));
    folder.create();
    folder.create();
    assertThat(folder.wipe()).isEmpty();
    assertThat(project).isEmptyDirectory();
    assertThat(folder.wipe()).isEmpty();
  }

  @Test
  void aFolderThatIsSomebodyElsesIsNotShared() throws Exception {
    Path jobs = Files.createDirectory(project.resolve("jobs"));
    assertThatThrownBy(() -> ClusterFolder.of(project).create())
        .isInstanceOf(ClusterException.class)
        .hasMessageStartingWith(jobs + ": is not of 'up'");
    assertThat(project.toFile().list()).containsExactly("jobs");
  }

  @Test
  void tablesOfTheNightlyRunMayBeThereBefore() throws Exception {
    Path tables = Files.createDirectory(project.resolve("tables"));
    Path written = Files.createFile(tables.resolve("written"));
    ClusterFolder folder = ClusterFolder.of(project);
    folder.create();
    folder.create();
    // Nothing can bring them back.
    assertThat(folder.wipe()).containsExactly(tables);
    assertThat(written).exists();
  }
}
