package io.plumbline.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys for every task, however many there are. */
class KeyGroupsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 128, 32768})
  void eachTaskHasAKey(int maxParallelism) {
    var keys = KeyGroups.oneKeyOfEach(maxParallelism);
    assertThat(keys).hasSize(maxParallelism).doesNotHaveDuplicates();
    for (int tasks : new int[] {1, Math.max(1, maxParallelism / 3), maxParallelism}) {
      assertThat(
              keys.stream()
                  .map(
                      key ->
                          KeyGroupRangeAssignment.assignKeyToParallelOperator(
                              key, maxParallelism, tasks))
                  .distinct()
                  .sorted())
          .containsExactlyElementsOf(IntStream.range(0, tasks).boxed().toList());
    }
  }
}
