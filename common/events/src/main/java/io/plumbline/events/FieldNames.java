package io.plumbline.events;

import java.lang.reflect.RecordComponent;
import java.util.Locale;

/** What a record's component is called in JSON, Parquet and SQL: {@code ksPValue} is ks_p_value. */
public final class FieldNames {
  private FieldNames() {}

  public static String of(RecordComponent component) {
    return of(component.getName());
  }

  /** {@code isFinal} is {@code final}, which Java keeps for itself. */
  static String of(String component) {
    return component.equals("isFinal")
        ? "final"
        : component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
