package io.plumbline.drift.plan;

/** Where the values of a column are. */
public enum ColumnOrigin {
  /** In the files, or in a profile. */
  FILES("in the files"),
  /** In the names of folders, as Hive's partitions have them. */
  FOLDERS("in the names of folders"),
  /** In the files, but pandas says that they number or name the rows. */
  INDEX("in pandas' index");

  private final String where;

  ColumnOrigin(String where) {
    this.where = where;
  }

  /** In words. */
  public String where() {
    return where;
  }

  /** That of a column of two files. */
  ColumnOrigin and(ColumnOrigin other) {
    return this == other ? this : FILES;
  }
}
