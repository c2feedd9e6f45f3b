package io.plumbline.drift.plan;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Counts of what is no input though it lies among it, with the first names of each kind. */
final class Skipped {
  /** Names of each kind that are told. */
  private static final int NAMES = 3;

  /** Why something is skipped. */
  enum Reason {
    OTHER("not Parquet"),
    EMPTY("empty"),
    HIDDEN("hidden"),
    AGAIN("read already"),
    BROKEN("broken link");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }

  private final Map<Reason, List<String>> names = new EnumMap<>(Reason.class);

  void add(Reason reason, String name) {
    names.computeIfAbsent(reason, none -> new ArrayList<>()).add(name);
  }

  /** In words; empty if nothing was skipped. */
  Optional<String> text() {
    if (names.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        names.entrySet().stream()
            .map(entry -> text(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", ")));
  }

  private static String text(Reason reason, List<String> of) {
    String first = of.stream().limit(NAMES).collect(Collectors.joining(", "));
    return "%s %s (%s%s)"
        .formatted(of.size(), reason.text, first, of.size() > NAMES ? ", ..." : "");
  }
}
