package io.plumbline.runtime.config.binding;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What rules between keys find, each told with the line of the key that it is about. */
public final class Findings {
  /** Finding the nearest name takes a look at all of them: not for thousands of mistakes. */
  private static final int MOST_HINTS = 100;

  private final RecordBinder binder;
  private final Problems problems;
  private final boolean whole;
  private int hints;

  /**
   * @param binder of what the rules look at
   * @param problems take what they find
   */
  public Findings(RecordBinder binder, Problems problems) {
    this(binder, problems, true);
  }

  private Findings(RecordBinder binder, Problems problems, boolean whole) {
    this.binder = binder;
    this.problems = problems;
    this.whole = whole;
  }

  /** Of an entry that came alone: what its names stand for is not in sight. */
  public static Findings ofOneEntry(RecordBinder binder, Problems problems) {
    return new Findings(binder, problems, false);
  }

  /** Adds a problem with the line of the key, or of what it would stand in. */
  public void add(String path, String problem) {
    problems.add(line(path), path, problem);
  }

  /** Adds a key that a mapping lacks, with the line in which its keys begin. */
  public void missing(String path, String key) {
    int line = binder.contentLine(path);
    String at = Places.join(path, key);
    problems.add(line == 0 ? line(at) : line, at, "expected this key, which is missing");
  }

  private int line(String path) {
    String at = path;
    while (!at.isEmpty() && binder.line(at) == 0) {
      at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))));
    }
    return binder.line(at);
  }

  /** Whether the file itself has the key. */
  public boolean stands(String path) {
    return binder.line(path) > 0;
  }

  /**
   * No two entries of a list have the same name.
   *
   * @param key of the name in an entry
   */
  public <T> void unique(List<T> entries, Function<T, String> name, String path, String key) {
    Map<String, String> first = new HashMap<>();
    for (int i = 0; i < entries.size(); i++) {
      String at = path + "[" + i + "]" + key;
      String found = name.apply(entries.get(i));
      String earlier = found == null ? null : first.putIfAbsent(found, at);
      if (earlier != null) {
        add(at, "%s stands twice, first in line %d".formatted(found, line(earlier)));
      }
    }
  }

  /** No two values of a list are the same. */
  public void unique(List<?> values, String path) {
    unique(values, ScalarText::of, path, "");
  }

  /**
   * The name is among the known ones, if all that there are can be known.
   *
   * @param what they are: {@code the features}
   */
  public void known(String name, Collection<String> known, String what, String path) {
    if (!whole || name == null || known.contains(name)) {
      return;
    }
    hints++;
    String hint = hints > MOST_HINTS ? "" : NearestName.hint(name, known);
    add(path, "%s is not among %s%s".formatted(name, what, hint));
  }
}
