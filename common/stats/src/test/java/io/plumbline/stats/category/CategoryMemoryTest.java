package io.plumbline.stats.category;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CategoryMemoryTest {
  private final AtomicInteger asked = new AtomicInteger();
  private final CategoryMemory memory = new CategoryMemory(10_000, asked::incrementAndGet);
  private final CategoryCounts reference = new CategoryCounts(memory);
  private final CategoryCounts current = new CategoryCounts(memory);

  private static void add(CategoryCounts counts, int from, int to) {
    for (int i = from; i < to; i++) {
      counts.add(("user-" + i).getBytes(StandardCharsets.UTF_8), 2);
    }
  }

  @Test
  void whatFitsIsCountedAsEver() {
    add(reference, 0, 20);
    add(reference, 0, 20);
    add(current, 10, 30);
    assertThat(memory.full()).isFalse();
    assertThat(memory.reason()).isEmpty();
    assertThat(reference.distinct()).isEqualTo(20);
    assertThat(reference.count(0)).isEqualTo(4);
    assertThat(asked).hasValue(1);
  }

  @Test
  void bothSidesFillItTogetherAndThenCountCells() {
    add(reference, 0, 40);
    current.addNulls(7);
    add(current, 0, 40);
    assertThat(memory.full()).isTrue();
    assertThat(memory.reason().orElseThrow()).contains("role: id", "--exclude", "-Xmx");
    // The other side learns of it with its next cell.
    add(reference, 40, 41);
    assertThat(reference.distinct()).isZero();
    assertThat(reference.usable()).isEqualTo(82);
    assertThat(current.distinct()).isZero();
    assertThat(current.rows()).isEqualTo(87);
    assertThat(current.nulls()).isEqualTo(7);
  }

  @Test
  void whatIsMergedCountsToo() {
    CategoryCounts part = new CategoryCounts();
    add(part, 0, 1000);
    reference.merge(part);
    assertThat(memory.full()).isTrue();
    assertThat(reference.usable()).isEqualTo(2000);
    assertThat(reference.distinct()).isZero();
  }
}
