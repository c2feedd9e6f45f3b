package io.plumbline.cli.rows;

import io.plumbline.cli.TerminalText;
import io.plumbline.cluster.ClusterException;
import io.plumbline.runtime.config.binding.NearestName;
import java.util.Collection;

/** Names that may be asked for. */
public final class KnownNames {
  private KnownNames() {}

  /**
   * Sees to it that a name is known.
   *
   * @param what it names
   * @param name null: it is not asked for
   * @param result what beside the registry may name it
   * @throws ClusterException if it is not known
   */
  public static void require(String what, String name, Collection<String> known, String result) {
    if (name != null && !known.contains(name)) {
      throw new ClusterException(
          "%s %s: neither the registry nor %s names it%s"
              .formatted(
                  what,
                  TerminalText.plain(name),
                  result,
                  NearestName.hint(name, known.stream().map(TerminalText::plain).toList())));
    }
  }
}
