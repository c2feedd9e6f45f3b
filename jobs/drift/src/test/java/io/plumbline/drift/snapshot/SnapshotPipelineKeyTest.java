package io.plumbline.drift.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.drift.scan.ProfilePart;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In which order Flink hands out the parts of a profile. */
class SnapshotPipelineKeyTest {
  private static final int[] KEYS = {
    0, 1, 127, 128, 129, 255, 256, 16_383, 16_384, 32_768, 1 << 21, 1 << 28, Integer.MAX_VALUE
  };

  private static byte[] bytes(int key) {
    long sorted = SnapshotPipeline.sortedKey(ProfilePart.of(key, new byte[0]));
    return ByteBuffer.allocate(Long.BYTES).putLong(sorted).array();
  }

  @Test
  void theBytesOfKeysHaveTheKeysOrderSignedOrNot() {
    List<byte[]> keys = new ArrayList<>();
    Arrays.stream(KEYS).forEach(key -> keys.add(bytes(key)));
    assertThat(keys)
        .isSortedAccordingTo(Arrays::compare)
        .isSortedAccordingTo(Arrays::compareUnsigned)
        .usingElementComparator(Comparator.comparing(ByteBuffer::wrap))
        .doesNotHaveDuplicates();
  }
}
