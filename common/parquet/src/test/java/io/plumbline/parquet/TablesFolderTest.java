package io.plumbline.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TablesFolderTest {
  @ParameterizedTest
  @ValueSource(strings = {"/data/tables", "/data/50% of #1?/Zürich 数据", "/data/a%20b"})
  void aPathIsTakenToTheLetter(String path) {
    assertThat(TablesFolder.of(path).toUri().getPath()).isEqualTo(path);
    assertThat(TablesFolder.of(path).toUri().getScheme()).isEqualTo("file");
  }

  @Test
  void aSchemeIsKept() {
    assertThat(TablesFolder.of("s3://bucket/50%")).hasToString("s3://bucket/50%");
  }
}
