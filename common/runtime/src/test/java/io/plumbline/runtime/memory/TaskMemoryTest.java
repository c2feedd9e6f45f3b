package io.plumbline.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TaskMemoryTest {
  private static final long MIB = 1 << 20;

  @Test
  void theSlotsShareWhatFlinkLeavesOfTheHeap() {
    assertThat(TaskMemory.bytes(1192 * MIB, 1)).isEqualTo(600 * MIB);
    assertThat(TaskMemory.bytes(1192 * MIB, 4)).isEqualTo(150 * MIB);
  }

  @Test
  void aHeapThatIsTooSmallStillLeavesSome() {
    assertThat(TaskMemory.bytes(100 * MIB, 2)).isEqualTo(4 * MIB);
  }
}
