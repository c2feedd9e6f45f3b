package io.plumbline.onlinemetrics.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdTableTest {
  private final Random random = new Random(7);
  private final IdTable table = new IdTable();
  private final Map<IdHash, byte[]> expected = new HashMap<>();

  private void change(int ids) {
    // Few low halves, so that many meet.
    IdHash id = new IdHash(random.nextInt(ids), random.nextInt(1 + ids / 100));
    if (random.nextInt(10) == 0) {
      table.remove(id);
      expected.remove(id);
    } else {
      byte[] bytes = new byte[1 + random.nextInt(200)];
      random.nextBytes(bytes);
      table.put(id, bytes, bytes.length);
      expected.put(id, bytes);
    }
  }

  private byte[] bytes(int place) {
    return Arrays.copyOfRange(
        table.arena(), table.start(place), table.start(place) + table.length(place));
  }

  /** It grows several times, and is used again after it was cleared. */
  @ParameterizedTest
  @ValueSource(ints = {1, 10, 1000, 20_000})
  void holdsWhatAMapHolds(int ids) {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 50_000; i++) {
        change(ids);
      }
      expected.forEach(
          (id, bytes) -> assertThat(bytes(table.find(id))).as("%s", id).isEqualTo(bytes));
      int there = 0;
      for (int place = 0; place < table.size(); place++) {
        IdHash id = table.id(place);
        there += table.length(place) > 0 ? 1 : 0;
        assertThat(table.find(id)).isEqualTo(expected.containsKey(id) ? place : -1);
      }
      assertThat(there).isEqualTo(expected.size());
      assertThat(table.find(new IdHash(-1, 0))).isEqualTo(-1);
      table.clear();
      expected.keySet().forEach(id -> assertThat(table.find(id)).isEqualTo(-1));
      expected.clear();
    }
  }

  /** Whoever chooses ids can choose some of the bits that they have in common. */
  @Test
  @Timeout(20)
  void idsThatHaveBitsInCommonDoNotMeet() {
    byte[] bytes = {1};
    for (int i = 0; i < 300_000; i++) {
      IdHash id = new IdHash(i, (long) i << 24);
      assertThat(table.find(id)).isEqualTo(-1);
      table.put(id, bytes, 1);
    }
    assertThat(table.size()).isEqualTo(300_000);
  }
}
