package io.plumbline.onlinemetrics.quality;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The quality of a version on labelled observations, in sums. */
interface VersionQuality {
  /**
   * Adds a labelled observation.
   *
   * @param side 0: the only version or the champion, 1: the shadow
   */
  void add(Observations rows, int row, int side);

  /** Adds those of another of the same kind, which stays as it is. */
  void merge(VersionQuality other);

  /** About how many bytes of memory it takes. */
  int bytes();

  void writeTo(DataOutput out) throws IOException;

  /** Makes its points. */
  void say(QualityPoints points);

  /** Without observations. */
  static VersionQuality of(Shape shape) {
    return switch (shape) {
      case BINARY, BINARY_PAIR -> new BinaryVersion();
      case MULTICLASS, MULTICLASS_PAIR -> new MulticlassVersion();
      case REGRESSION, REGRESSION_PAIR -> new RegressionVersion();
      case NONE -> throw new IllegalArgumentException("there is nothing to observe");
    };
  }

  static VersionQuality readFrom(Shape shape, DataInput in) throws IOException {
    return switch (shape) {
      case BINARY, BINARY_PAIR -> BinaryVersion.readFrom(in);
      case MULTICLASS, MULTICLASS_PAIR -> MulticlassVersion.readFrom(in);
      case REGRESSION, REGRESSION_PAIR -> RegressionVersion.readFrom(in);
      case NONE -> throw new IOException("expected no quality where nothing is observed");
    };
  }
}
