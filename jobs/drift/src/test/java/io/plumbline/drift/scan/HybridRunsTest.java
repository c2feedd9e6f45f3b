package io.plumbline.drift.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HybridRunsTest {
  /**
   * Against parquet-java's encoder, in every width, in portions of any size, anywhere in a page.
   */
  @Test
  void numbersAreThoseThatWereWritten() throws IOException {
    Random random = new Random(20261126);
    for (int width = 0; width <= 32; width++) {
      for (int round = 0; round < 20; round++) {
        int[] numbers = numbers(random, width);
        byte[] written = encoded(numbers, width);
        byte[] page = new byte[written.length + 5 + (round % 3) * 20];
        Arrays.fill(page, (byte) -1);
        System.arraycopy(written, 0, page, 5, written.length);
        HybridRuns runs = new HybridRuns();
        runs.begin(page, 5, 5 + written.length, width);
        int[] read = new int[numbers.length];
        for (int at = 0; at < read.length; ) {
          int run = runs.run(Math.min(read.length - at, 1 + random.nextInt(300)));
          if (runs.packed()) {
            runs.unpack(read, at, run);
          } else {
            Arrays.fill(read, at, at + run, runs.number());
            runs.skip(run);
          }
          at += run;
        }
        assertThat(read).as("width %s, round %s", width, round).isEqualTo(numbers);
      }
    }
  }

  /** Runs and noise by turns. */
  private static int[] numbers(Random random, int width) {
    int mask = width == 32 ? -1 : (1 << width) - 1;
    int[] numbers = new int[random.nextInt(3000)];
    for (int at = 0; at < numbers.length; ) {
      int to = Math.min(numbers.length, at + 1 + random.nextInt(200));
      int repeated = random.nextInt() & mask;
      boolean repeats = random.nextBoolean();
      for (; at < to; at++) {
        numbers[at] = repeats ? repeated : random.nextInt() & mask;
      }
    }
    return numbers;
  }

  private static byte[] encoded(int[] numbers, int width) throws IOException {
    try (RunLengthBitPackingHybridEncoder encoder =
        new RunLengthBitPackingHybridEncoder(width, 64, 1 << 20, new HeapByteBufferAllocator())) {
      for (int number : numbers) {
        encoder.writeInt(number);
      }
      return encoder.toBytes().toInputStream().readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8, 13, 32})
  void whatIsCutShortEndsInAnError(int width) throws IOException {
    int[] numbers = numbers(new Random(width), width);
    byte[] written = encoded(numbers, width);
    for (int length = 0; length < written.length - width; length += 7) {
      HybridRuns runs = new HybridRuns();
      runs.begin(written, 0, length, width);
      assertThatThrownBy(
              () -> {
                for (int left = numbers.length; left > 0; ) {
                  int run = runs.run(left);
                  runs.skip(run);
                  left -= run;
                }
              })
          .isInstanceOf(EOFException.class);
    }
  }

  @Test
  void numbersWiderThanAnIntAndEndlessLengthsAreRefused() {
    HybridRuns runs = new HybridRuns();
    assertThatThrownBy(() -> runs.begin(new byte[8], 0, 8, 33)).isInstanceOf(IOException.class);
    byte[] endless = new byte[8];
    Arrays.fill(endless, (byte) -1);
    assertThatThrownBy(
            () -> {
              runs.begin(endless, 0, 8, 4);
              runs.run(1);
            })
        .isInstanceOf(IOException.class);
  }
}
