package io.plumbline.drift.snapshot;

/**
 * What came of a snapshot: the profile, or a column that turned out to be no feature. Public and
 * flat, so that Flink serialises it without Kryo.
 *
 * @param path of the file; null: this is of a column
 * @param rows of the data
 * @param features that the profile has
 * @param bytes of the file
 * @param column that was left out; null: this is of the file
 * @param reason why
 */
public record WrittenProfile(
    String path, long rows, long features, long bytes, String column, String reason) {
  /** The name of a profile's file in its folder. */
  public static final String FILE = "profile.parquet";

  WrittenProfile(String path, long rows, long features, long bytes) {
    this(path, rows, features, bytes, null, null);
  }

  static WrittenProfile leftOut(String column, String reason) {
    return new WrittenProfile(null, 0, 0, 0, column, reason);
  }
}
