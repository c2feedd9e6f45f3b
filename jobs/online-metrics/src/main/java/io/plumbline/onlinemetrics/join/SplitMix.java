package io.plumbline.onlinemetrics.join;

/** Spreads bits over all of a number. */
public final class SplitMix {
  private SplitMix() {}

  /** The finalizer of splitmix64 (Steele, Lea and Flood, OOPSLA 2014): another for each number. */
  public static long mixed(long bits) {
    long mixed = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }
}
