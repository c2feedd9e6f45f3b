package io.plumbline.stats.sample;

import io.plumbline.stats.Mergeable;
import io.plumbline.stats.numeric.NumericDomain;
import io.plumbline.stats.numeric.NumericSummary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The summary of rows that are vectors: the distribution of their Euclidean norms, and a sample of
 * them for tests that need the vectors themselves.
 *
 * <p>A vector with a component that is NaN or infinite has such a norm, and is counted there; it is
 * not sampled.
 */
public final class VectorSummary implements Mergeable<VectorSummary> {
  private final NumericSummary norms;
  private final RowSample sample;
  private int shortest = Integer.MAX_VALUE;
  private int longest;

  /**
   * @param exactValues distinct norms up to which their distribution is exact
   * @param sampledRows rows that are kept at most
   */
  public VectorSummary(int exactValues, int sampledRows) {
    this(new NumericSummary(NumericDomain.doubles(), exactValues), new RowSample(sampledRows));
  }

  private VectorSummary(NumericSummary norms, RowSample sample) {
    this.norms = norms;
    this.sample = sample;
  }

  /** A summary from its parts, as it was kept elsewhere; both are its own from now on. */
  public static VectorSummary of(NumericSummary norms, RowSample sample) {
    VectorSummary summary = new VectorSummary(norms, sample);
    for (double[] row : sample.rows()) {
      summary.addLength(row.length);
    }
    return summary;
  }

  private void addLength(int length) {
    shortest = Math.min(shortest, length);
    longest = Math.max(longest, length);
  }

  public void addNulls(long rows) {
    norms.addNulls(rows);
  }

  /**
   * Adds the vector in the first {@code size} elements of the array.
   *
   * @param hash of the row's identity, which decides whether it is sampled
   */
  public void add(long hash, double[] vector, int size) {
    addLength(size);
    double norm = norm(vector, size);
    norms.addDouble(norm);
    if (Double.isFinite(norm) && sample.wants(hash)) {
      sample.add(hash, java.util.Arrays.copyOf(vector, size));
    }
  }

  private static double norm(double[] vector, int size) {
    double squares = 0;
    for (int i = 0; i < size; i++) {
      squares += vector[i] * vector[i];
    }
    if (squares != Double.POSITIVE_INFINITY && (squares >= Double.MIN_NORMAL || squares == 0)) {
      return Math.sqrt(squares);
    }
    return scaledNorm(vector, size);
  }

  /** The norm of components whose squares are beyond the range of doubles. */
  private static double scaledNorm(double[] vector, int size) {
    double greatest = 0;
    for (int i = 0; i < size; i++) {
      if (Double.isNaN(vector[i])) {
        return Double.NaN;
      }
      greatest = Math.max(greatest, Math.abs(vector[i]));
    }
    if (Double.isInfinite(greatest)) {
      return greatest;
    }
    double squares = 0;
    for (int i = 0; i < size; i++) {
      double scaled = vector[i] / greatest;
      squares += scaled * scaled;
    }
    return greatest * Math.sqrt(squares);
  }

  /** Whether there is a vector. */
  public boolean hasLength() {
    return longest > 0;
  }

  /** Components of the shortest vector. */
  public int shortest() {
    return shortest;
  }

  /** Components of the longest vector. */
  public int longest() {
    return longest;
  }

  public NumericSummary norms() {
    return norms;
  }

  public RowSample sample() {
    return sample;
  }

  @Override
  public void merge(VectorSummary other) {
    norms.merge(other.norms);
    sample.merge(other.sample);
    shortest = Math.min(shortest, other.shortest);
    longest = Math.max(longest, other.longest);
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    norms.writeTo(out);
    sample.writeTo(out);
    out.writeInt(shortest);
    out.writeInt(longest);
  }

  /**
   * @param exactValues distinct norms up to which their distribution is exact
   */
  public static VectorSummary readFrom(DataInput in, int exactValues) throws IOException {
    NumericSummary norms = NumericSummary.readFrom(in, exactValues);
    VectorSummary summary = new VectorSummary(norms, RowSample.readFrom(in));
    summary.shortest = in.readInt();
    summary.longest = in.readInt();
    return summary;
  }
}
