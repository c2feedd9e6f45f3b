package io.plumbline.cli.simulate;

import java.util.random.RandomGenerator;

/**
 * Random numbers that depend only on a place: the same place gives the same numbers, in whatever
 * order places are asked for. (SplitMix64, from a state that is a hash of the place.)
 */
final class Draws implements RandomGenerator {
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private final long seed;
  private long state;

  Draws(long seed) {
    this.seed = seed;
  }

  /**
   * Goes to a place.
   *
   * @param what kind of thing is drawn; kinds share no numbers
   * @param first which of them
   * @param second which state of it
   */
  Draws at(long what, long first, long second) {
    long hash = mix(seed + STEP * (what + 1));
    hash = mix(hash + STEP * (first + 1));
    state = mix(hash + STEP * (second + 1));
    return this;
  }

  @Override
  public long nextLong() {
    state += STEP;
    return mix(state);
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
