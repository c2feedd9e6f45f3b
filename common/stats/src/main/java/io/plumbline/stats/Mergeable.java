package io.plumbline.stats;

import java.io.ByteArrayOutputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * A summary of rows that can be built in parts: merging is associative and commutative, an empty
 * summary is its neutral element, and every figure read from the merged summary is equal bit for
 * bit to that of one summary which saw all rows, whatever the parts and their order.
 *
 * @param <S> the summary's own type
 */
public interface Mergeable<S extends Mergeable<S>> {

  /**
   * Adds what the other summary has seen; the other is left as it was.
   *
   * @throws IllegalArgumentException if the two describe different kinds of values
   */
  void merge(S other);

  /** Writes the state, to be read back by the static {@code readFrom} of the same class. */
  void writeTo(DataOutput out) throws IOException;

  /** What {@link #writeTo} writes. */
  default byte[] written() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writeTo(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
