package io.plumbline.onlinemetrics.quality;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Observations of one shape in sums, out of which each can be taken again. */
interface Tally {
  void add(Observations rows, int row);

  /** Adds those of another of the same shape, which stays as it is. */
  void merge(Tally other);

  /** About how many bytes of memory it takes. */
  int bytes();

  void writeTo(DataOutput out) throws IOException;

  /**
   * Makes its points.
   *
   * @param points of the version, of a pair the shadow's
   * @param ofChampion of a pair, the champion's; else null
   */
  void say(QualityPoints points, QualityPoints ofChampion);

  /** Without observations. */
  static Tally of(Shape shape) {
    return shape.isPair() ? new PairTally(shape) : new VersionTally(shape);
  }

  static Tally readFrom(Shape shape, DataInput in) throws IOException {
    return shape.isPair() ? PairTally.readFrom(shape, in) : VersionTally.readFrom(shape, in);
  }
}
