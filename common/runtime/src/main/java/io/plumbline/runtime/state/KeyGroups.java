package io.plumbline.runtime.state;

import java.util.Arrays;
import java.util.List;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/** Keys by which every task of a keyed operator can be reached. */
public final class KeyGroups {
  private KeyGroups() {}

  /**
   * One text of each key group: however many tasks a keyed operator has, each has one at least.
   *
   * @param maxParallelism of the operator, which is the number of its key groups
   */
  public static List<String> oneKeyOfEach(int maxParallelism) {
    String[] keys = new String[maxParallelism];
    int left = maxParallelism;
    for (int i = 0; left > 0; i++) {
      String key = Integer.toString(i);
      int group = KeyGroupRangeAssignment.assignToKeyGroup(key, maxParallelism);
      if (keys[group] == null) {
        keys[group] = key;
        left--;
      }
    }
    return Arrays.asList(keys);
  }
}
