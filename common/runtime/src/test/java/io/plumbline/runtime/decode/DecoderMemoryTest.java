package io.plumbline.runtime.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.FeatureNames;
import io.plumbline.runtime.ingest.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What decoders keep of the records that they have read. */
class DecoderMemoryTest {
  private static final int WIDE = 9_000;

  private static List<String> names(int list, int size) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      names.add("list_%d_feature_%d".formatted(list, i));
    }
    return names;
  }

  private static FeatureNames read(NamesCache cache, List<String> names) throws Malformed {
    cache.begin();
    names.forEach(cache::add);
    return cache.end();
  }

  @Test
  void listsOfNamesAreKeptWithinABoundOfBytesAndThoseInUseStay() throws Malformed {
    NamesCache cache = new NamesCache();
    FeatureNames inUse = read(cache, names(-1, 200));
    for (int list = 0; list < 100; list++) {
      FeatureNames wide = read(cache, names(list, WIDE));
      assertThat(wide.bytes()).isGreaterThan(WIDE * 60);
      assertThat(read(cache, names(-1, 200))).isSameAs(inUse);
      assertThat(cache.bytes()).isLessThanOrEqualTo(NamesCache.MOST_BYTES);
    }
    assertThat(cache.bytes()).isGreaterThan(NamesCache.MOST_BYTES / 2);
  }

  @Test
  void aListThatIsTooLargeToBeKeptIsReadAllTheSame() throws Malformed {
    NamesCache cache = new NamesCache();
    List<String> huge = names(0, 100_000);
    assertThat(read(cache, huge).asList()).isEqualTo(huge);
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void manySmallListsFit() throws Malformed {
    NamesCache cache = new NamesCache();
    List<FeatureNames> first = new ArrayList<>();
    for (int list = 0; list < 200; list++) {
      first.add(read(cache, names(list, 200)));
    }
    for (int list = 0; list < 200; list++) {
      assertThat(read(cache, names(list, 200))).isSameAs(first.get(list));
    }
  }

  /** Fields of which none is ours, with names of tens of thousands of letters. */
  @Test
  void theParserForgetsNamesThatNobodyAskedFor() throws Exception {
    LabelDecoder decoder = new LabelDecoder(Map.of(), 8);
    decode(decoder, 0);
    long before = used();
    for (int record = 1; record < 120; record++) {
      decode(decoder, record);
    }
    assertThat(used() - before).isLessThan(40L << 20);
    // It is still there, and reads on.
    decode(decoder, 1000);
  }

  /** A megabyte in twenty names. */
  private static void decode(LabelDecoder decoder, int record) throws Malformed {
    StringBuilder json = new StringBuilder("{\"prediction_id\":\"p\",\"ts\":5,\"label\":1");
    for (int i = 0; i < 20; i++) {
      json.append(",\"").append("x".repeat(49_000)).append(record).append('_').append(i);
      json.append("\":1");
    }
    byte[] bytes = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    assertThat(decoder.decode(bytes).ts()).isEqualTo(5);
  }

  private static long used() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(50);
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
