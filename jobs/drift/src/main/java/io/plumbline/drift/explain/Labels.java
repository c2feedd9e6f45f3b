package io.plumbline.drift.explain;

/** Names from the data as sentences hold them. */
final class Labels {
  private static final int LONGEST = 40;

  private Labels() {}

  static String quoted(String name) {
    return '"' + shortened(name) + '"';
  }

  static String shortened(String name) {
    return name.codePointCount(0, name.length()) <= LONGEST
        ? name
        : name.substring(0, name.offsetByCodePoints(0, LONGEST - 1)) + "…";
  }

  static String of(Part part) {
    return part.kind() == Part.Kind.CATEGORY ? quoted(part.label()) : part.label();
  }
}
