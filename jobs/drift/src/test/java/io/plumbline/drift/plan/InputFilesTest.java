package io.plumbline.drift.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InputFilesTest {
  @Test
  void theChecksumIsThatOfNameLengthAndFooter() {
    // hashlib.sha256(b"reference.parquet\n%s\n" % len(b) + b[-8 - n:-8]), where b is the file and n
    // its footer's length: struct.unpack("<I", b[-8:-4])
    assertThat(InputFiles.at("../../samples/flights/reference.parquet", "--input").checksum())
        .isEqualTo("sha256:277b54f4b9a1a3bbb91e5d0966c90e0f5d1a725451bd792eb05000a8e66cddc0");
  }
}
