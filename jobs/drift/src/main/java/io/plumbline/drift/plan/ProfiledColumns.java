package io.plumbline.drift.plan;

import io.plumbline.drift.plan.InputFiles.InputColumn;
import io.plumbline.profile.ProfileHeader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The columns of the data that a profile was taken of, as its header has them. */
public final class ProfiledColumns {
  private ProfiledColumns() {}

  static Map<String, InputColumn> of(ProfileHeader profile, String path) {
    Map<String, InputColumn> byName = new LinkedHashMap<>();
    for (ProfileHeader.Column column : profile.columns()) {
      ColumnType type =
          new ColumnType(
              ColumnType.Kind.valueOf(column.type().toUpperCase(Locale.ROOT)),
              column.scale(),
              column.physical());
      boolean values = type.kind() != ColumnType.Kind.NONE;
      byName.put(
          column.name(),
          new InputColumn(
              column.name(),
              type,
              path,
              values ? List.of(new FoundType(type, path, column.greatest())) : List.of(),
              null,
              ColumnOrigin.FILES));
    }
    return byName;
  }

  /** A column for the header: one without values has no type. */
  public static ProfileHeader.Column written(InputColumn column) {
    ColumnType.Kind kind = column.hasValues() ? column.type().kind() : ColumnType.Kind.NONE;
    int scale = column.hasValues() ? column.type().scale() : 0;
    return new ProfileHeader.Column(
        column.name(),
        kind.name().toLowerCase(Locale.ROOT),
        scale,
        column.type().physical(),
        CommonType.greatest(column.found(), scale));
  }

  /** The columns of several inputs, by name. */
  public static Map<String, InputColumn> joined(List<InputFiles> inputs) {
    Map<String, InputColumn> byName = new LinkedHashMap<>();
    for (InputFiles input : inputs) {
      input.columns().forEach((name, column) -> byName.merge(name, column, FoundColumns::joined));
    }
    return byName;
  }
}
