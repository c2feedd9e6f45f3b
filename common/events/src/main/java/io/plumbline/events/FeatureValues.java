package io.plumbline.events;

import java.util.Arrays;
import java.util.Objects;

/**
 * The features of one prediction, by column: no object for each value. A number stands in {@code
 * bits} as such, a whole number exactly; texts and vectors stand in {@code objects}.
 */
public final class FeatureValues {
  /** Of a feature whose time is not known. */
  public static final long NO_TIME = Long.MIN_VALUE;

  public static final FeatureValues NONE =
      new FeatureValues(FeatureNames.NONE, new byte[0], new long[0], null, null);

  private final FeatureNames names;
  private final byte[] kinds;
  private final long[] bits;
  private final Object[] objects;
  private final long[] times;

  /**
   * Takes the arrays as they are; each has at least as many elements as there are names.
   *
   * @param kinds codes of {@link ValueKind}
   * @param bits of numbers, whole numbers and booleans
   * @param objects texts and {@code double[]}; null: there is none
   * @param times in epoch milliseconds, or {@link #NO_TIME}; null: none is known
   */
  public FeatureValues(
      FeatureNames names, byte[] kinds, long[] bits, Object[] objects, long[] times) {
    this.names = names;
    this.kinds = kinds;
    this.bits = bits;
    this.objects = objects;
    this.times = times;
  }

  public int size() {
    return names.size();
  }

  /** The same instance for events that name the same features in the same order. */
  public FeatureNames names() {
    return names;
  }

  public ValueKind kind(int index) {
    return ValueKind.of(kinds[index]);
  }

  /** Of a number, whole ones rounded. */
  public double number(int index) {
    return kinds[index] == ValueKind.INTEGER.code()
        ? bits[index]
        : Double.longBitsToDouble(bits[index]);
  }

  /** Of a whole number, exactly; of a boolean, 0 or 1. */
  public long integer(int index) {
    return bits[index];
  }

  /** Of a text. */
  public String text(int index) {
    return (String) objects[index];
  }

  /** Of a vector; not to be changed. */
  public double[] vector(int index) {
    return (double[]) objects[index];
  }

  Object object(int index) {
    return objects == null ? null : objects[index];
  }

  /** When the value was made, in epoch milliseconds; {@link #NO_TIME}: not known. */
  public long time(int index) {
    return times == null ? NO_TIME : times[index];
  }

  boolean hasTimes() {
    return times != null;
  }

  /** One of them by itself. */
  public Value value(int index) {
    return Value.of(kind(index), bits[index], object(index));
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof FeatureValues values) || !values.names.asList().equals(names.asList())) {
      return false;
    }
    for (int i = 0; i < size(); i++) {
      if (!values.value(i).equals(value(i)) || values.time(i) != time(i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    return Objects.hash(names.asList(), Arrays.hashCode(Arrays.copyOf(kinds, size())));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < size(); i++) {
      text.append(i == 0 ? "" : ", ").append(names.get(i)).append('=').append(value(i));
    }
    return text.append('}').toString();
  }
}
